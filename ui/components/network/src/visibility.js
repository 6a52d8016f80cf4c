/** Who and what is shown, given the filter by kind and the year. Places play no part. */

/**
 * @param {import("./types.js").Network} network
 * @param {Set<string>} hiddenKinds
 * @param {number | null} year null: all years
 */
export function visibility(network, hiddenKinds, year) {
  const { members, lines } = network;
  const shown = Uint8Array.from(members, (member) => (hiddenKinds.has(member.kind) ? 0 : 1));
  const drawn = new Uint8Array(lines.length);
  /** Has a tie by then, or never has any: not faded. */
  const lively = Uint8Array.from(members, (member) => (member.lines.length === 0 ? 1 : 0));
  const counts = new Map();
  let shownCount = 0;
  for (const member of members) {
    counts.set(member.kind, (counts.get(member.kind) ?? 0) + 1);
    shownCount += shown[member.index];
  }
  let drawnCount = 0;
  for (const line of lines) {
    const begun = year === null || line.ties[0].first === null || line.ties[0].first <= year;
    if (begun) lively[line.source] = lively[line.target] = 1;
    if (begun && shown[line.source] && shown[line.target]) {
      drawn[line.index] = 1;
      drawnCount += 1;
    }
  }
  return { shown, drawn, lively, counts, shownCount, drawnCount };
}

/** Ties of a line that have begun by a year. */
export const begunBy = (/** @type {import("./types.js").Line} */ line, /** @type {number | null} */ year) =>
  year === null ? line.ties : line.ties.filter((tie) => tie.first === null || tie.first <= year);

export const otherEnd = (/** @type {import("./types.js").Line} */ line, /** @type {number} */ index) => (line.source === index ? line.target : line.source);
