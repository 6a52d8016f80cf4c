/** What is said of a mark or a line: in the tooltip and to those who listen. */
import { begunBy } from "./visibility.js";

/** Labels of ties named in a tooltip. */
const NAMED = 3;

/** Names keep their own direction inside a sentence. */
export const isolate = (/** @type {string} */ text) => `\u2068${text}\u2069`;

/** @param {import("./types.js").Member} member @param {number} partners @param {import("./sentences.js").Sentences} sentences */
export function describeMark(member, partners, sentences) {
  return [member.label, `${sentences.say(`kind_${member.kind}`)} · ${sentences.count("partners", partners)}`];
}

/** @param {import("./types.js").Line} line @param {import("./types.js").Member[]} members @param {number | null} year */
export function describeLine(line, members, year, /** @type {import("./sentences.js").Sentences} */ sentences) {
  const ties = begunBy(line, year);
  const ends = sentences.say("tie_between", { source: isolate(members[line.source].label), target: isolate(members[line.target].label) });
  const labels = [...new Set(ties.map((tie) => tie.label).filter(Boolean))];
  const named = labels.length > NAMED ? [...labels.slice(0, NAMED), "…"] : labels;
  const count = ties.length > 1 ? `${sentences.count("ties", ties.length)} · ` : "";
  return [ends, count + sentences.years(ties), ...named];
}

/** One sentence for the live region. */
export function announce(member, partners, chosen, /** @type {import("./sentences.js").Sentences} */ sentences) {
  return sentences.say(chosen ? "live_selected" : "live_member", {
    label: isolate(member.label.slice(0, 200)),
    kind: sentences.say(`kind_${member.kind}`),
    partners: sentences.count("partners", partners),
  });
}
