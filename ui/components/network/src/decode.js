/** Python's columns into members and lines. Parallel ties become one line. */
import { KINDS } from "./palette.js";

/** No breaks, no control characters, nothing that turns the direction of what follows. */
export const oneLine = (/** @type {string} */ text) =>
  text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "").replace(/[\u0000-\u001f\u007f\u2028\u2029\s]+/g, " ").trim();

/**
 * @param {import("./types.js").GraphColumns} columns
 * @returns {import("./types.js").Network}
 */
export function decode(columns) {
  const indexOf = new Map(columns.id.map((id, index) => [id, index]));
  const members = columns.id.map((id, index) => ({
    index,
    id,
    label: oneLine(columns.label[index] ?? "") || oneLine(id) || "?",
    kind: KINDS[columns.kind[index]] ?? "other",
    size: Math.max(0, columns.size[index] ?? 0),
    radius: 4,
    lines: /** @type {number[]} */ ([]),
  }));
  const { tie } = columns;
  const byPair = new Map();
  const lines = [];
  let firstYear = null;
  let lastYear = null;
  for (let i = 0; i < tie.id.length; i++) {
    const [a, b] = tie.source[i] < tie.target[i] ? [tie.source[i], tie.target[i]] : [tie.target[i], tie.source[i]];
    const first = tie.first[i] ?? null;
    const last = tie.last[i] ?? null;
    for (const year of [first, last]) {
      if (year === null) continue;
      firstYear = firstYear === null ? year : Math.min(firstYear, year);
      lastYear = lastYear === null ? year : Math.max(lastYear, year);
    }
    if (a === b || !members[a] || !members[b]) continue;
    const pair = a * members.length + b;
    let line = byPair.get(pair);
    if (!line) {
      line = { index: lines.length, source: a, target: b, ties: [] };
      byPair.set(pair, line);
      lines.push(line);
      members[a].lines.push(line.index);
      members[b].lines.push(line.index);
    }
    line.ties.push({ id: tie.id[i], weight: tie.weight[i], first, last, label: oneLine(tie.label[i] ?? "") });
  }
  for (const line of lines) line.ties.sort((p, q) => (p.first ?? -Infinity) - (q.first ?? -Infinity));
  setRadii(members);
  return { members, lines, tieCount: tie.id.length, firstYear, lastYear, indexOf };
}

/** Area follows the measure; the more members, the smaller all of them. */
function setRadii(/** @type {import("./types.js").Member[]} */ members) {
  const crowd = Math.log10(Math.max(10, members.length));
  const smallest = Math.max(2, 8.2 - 1.85 * crowd);
  const largest = Math.max(7.5, 25 - 5.2 * crowd);
  let [least, most] = [Infinity, 0];
  for (const member of members) [least, most] = [Math.min(least, member.size), Math.max(most, member.size)];
  for (const member of members) {
    member.radius = most > least ? smallest + (largest - smallest) * Math.sqrt(member.size / most) : (smallest + largest) / 2.4;
  }
}
