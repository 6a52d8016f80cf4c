/** What the shapes and colours mean, how many there are, and a filter by kind. */
import { element, icon } from "./dom.js";
import { KINDS, SHAPE_PATHS } from "./palette.js";

export class Legend {
  /** @param {(kind: string) => void} toggle */
  constructor(toggle) {
    this.root = element("div", { class: "legend", role: "group" });
    this.toggle = toggle;
    this.drawn = "";
  }

  /**
   * @param {Map<string, number>} counts
   * @param {Set<string>} hidden
   * @param {Record<string, {fill: string, outline: string}>} colours
   * @param {import("./sentences.js").Sentences} sentences
   */
  show(counts, hidden, colours, sentences) {
    this.root.setAttribute("aria-label", sentences.say("legend_label"));
    const kinds = KINDS.filter((kind) => counts.get(kind));
    const drawn = JSON.stringify([kinds, [...counts], [...hidden], colours, sentences.texts.locale]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focused = /** @type {any} */ (this.root.getRootNode()).activeElement?.dataset?.kind;
    this.root.replaceChildren(
      ...kinds.map((kind) => {
        const swatch = icon(SHAPE_PATHS[kind], { class: "swatch" });
        swatch.style.fill = colours[kind].fill;
        swatch.style.stroke = colours[kind].outline;
        const button = element("button", { type: "button", "data-kind": kind, "aria-pressed": String(!hidden.has(kind)), title: sentences.say("legend_hint") }, [
          swatch,
          element("span", {}, [sentences.say(`kinds_${kind}`)]),
          element("span", { class: "count" }, [sentences.number.format(counts.get(kind))]),
        ]);
        button.addEventListener("click", () => this.toggle(kind));
        return button;
      }),
    );
    if (focused) this.root.querySelector(`[data-kind="${focused}"]`)?.focus();
  }
}
