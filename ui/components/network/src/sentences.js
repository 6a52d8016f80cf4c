/** Fills the translated texts. The component itself knows no language. */

export class Sentences {
  constructor(/** @type {Record<string, string>} */ texts) {
    this.texts = texts;
    try {
      this.plural = new Intl.PluralRules(texts.locale);
      this.number = new Intl.NumberFormat(texts.locale);
    } catch {
      this.plural = new Intl.PluralRules();
      this.number = new Intl.NumberFormat();
    }
  }

  /** @param {string} key @param {Record<string, string | number>} [facts] */
  say(key, facts = {}) {
    // One pass: a name that holds braces is not filled again.
    return (this.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => {
      const fact = facts[name];
      return fact === undefined ? whole : typeof fact === "number" && name !== "year" ? this.number.format(fact) : String(fact);
    });
  }

  /** `key_one` or `key_other`, by the rules of the language. */
  count(/** @type {string} */ key, /** @type {number} */ count) {
    return this.say(`${key}_${this.plural.select(count) === "one" ? "one" : "other"}`, { count });
  }

  years(/** @type {import("./types.js").Tie[]} */ ties) {
    const firsts = ties.map((tie) => tie.first).filter((year) => year !== null);
    const lasts = ties.map((tie) => tie.last).filter((year) => year !== null);
    const first = firsts.length ? String(firsts.reduce((a, b) => Math.min(a, b))) : "";
    const last = lasts.length ? String(lasts.reduce((a, b) => Math.max(a, b))) : "";
    if (first && last) return first === last ? first : this.say("years_span", { first, last });
    if (first) return this.say("years_since", { first });
    return last ? this.say("years_until", { last }) : this.say("years_unknown");
  }
}
