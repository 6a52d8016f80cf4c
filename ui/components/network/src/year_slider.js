/** "Up to year": everything happens in the browser, Python hears it afterwards. */
import { element } from "./dom.js";

const QUIET = 450;

export class YearSlider {
  /**
   * @param {(year: number | null) => void} changed at every step; null: all years
   * @param {(year: number | null) => void} rested when it has been still for a moment
   */
  constructor(changed, rested) {
    this.label = element("span", { class: "caption" });
    this.input = element("input", { type: "range", step: "1" });
    this.value = element("output", {});
    this.root = element("label", { class: "years" }, [this.label, this.input, this.value]);
    this.timer = 0;
    this.input.addEventListener("input", () => {
      this.caption();
      changed(this.year());
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => rested(this.year()), QUIET);
    });
  }

  year() {
    return this.input.value === this.input.max ? null : Number(this.input.value);
  }

  /** @param {number | null} first @param {number | null} last @param {number | null} year */
  show(first, last, year, /** @type {import("./sentences.js").Sentences} */ sentences) {
    this.sentences = sentences;
    this.root.hidden = first === null || first === last;
    if (first === null) return;
    this.input.min = String(first);
    this.input.max = String(last);
    this.input.value = String(year === null ? last : Math.min(Math.max(year, first), last));
    this.caption();
  }

  caption() {
    const year = this.year();
    this.label.textContent = this.sentences.say("year_label");
    this.value.textContent = year === null ? this.sentences.say("year_all", { year: this.input.max }) : String(year);
    this.input.setAttribute("aria-valuetext", year === null ? this.value.textContent : this.sentences.say("year_up_to", { year }));
  }

  stop() {
    clearTimeout(this.timer);
  }
}
