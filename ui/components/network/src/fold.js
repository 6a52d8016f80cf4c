/** Finding a name: accents, case and small slips do not matter. */

export const fold = (/** @type {string} */ text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ø/g, "o").replace(/ß/g, "ss").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const pairs = (/** @type {string} */ text) => {
  const found = new Set();
  for (let i = 0; i < text.length - 1; i++) found.add(text.slice(i, i + 2));
  return found;
};

/** Share of the pairs of letters of `asked` that are somewhere in `name`, by word. */
function likeness(/** @type {string} */ asked, /** @type {string} */ name) {
  const wanted = pairs(asked);
  if (wanted.size < 2) return 0;
  let best = 0;
  for (const word of name.split(" ")) {
    const there = pairs(word);
    let shared = 0;
    for (const pair of wanted) shared += there.has(pair) ? 1 : 0;
    best = Math.max(best, (2 * shared) / (wanted.size + there.size));
  }
  return best;
}

/**
 * Best first: starts with it, a word starts with it, holds all words of it;
 * only when nothing holds it, what resembles it.
 * @template {{label: string, id: string, size: number}} T
 * @param {T[]} members
 * @returns {T[]}
 */
export function find(members, /** @type {string} */ text) {
  const asked = fold(text);
  if (!asked) return [];
  const words = asked.split(" ");
  const scored = [];
  for (const member of members) {
    const name = fold(member.label);
    const at = name.indexOf(asked);
    const score = at === 0 ? 3 : name.includes(` ${asked}`) ? 2.5 : at > 0 ? 2 : words.every((word) => name.includes(word)) ? 1.5 : 0;
    if (score) scored.push({ member, score });
  }
  if (!scored.length && asked.length >= 4) {
    for (const member of members) {
      const score = likeness(asked, fold(member.label));
      if (score >= 0.5) scored.push({ member, score });
    }
  }
  return scored
    .sort((a, b) => b.score - a.score || b.member.size - a.member.size || (a.member.id < b.member.id ? -1 : 1))
    .map(({ member }) => member);
}
