/** The full name, or both ends of a tie and its years, beside the pointer. */
import { element } from "./dom.js";

export class Tooltip {
  constructor() {
    this.root = element("div", { class: "tooltip", hidden: "", "aria-hidden": "true" });
  }

  /** @param {string[]} lines the first is the heading @param {{x: number, y: number}} at @param {{width: number, height: number}} stage */
  show(lines, at, stage) {
    this.root.replaceChildren(...lines.filter(Boolean).map((line, i) => element(i ? "p" : "strong", { dir: "auto" }, [line])));
    this.root.hidden = false;
    const { offsetWidth: wide, offsetHeight: high } = this.root;
    const left = at.x + 16 + wide > stage.width ? Math.max(4, at.x - wide - 16) : at.x + 16;
    const top = Math.max(4, Math.min(at.y + 14, stage.height - high - 4));
    this.root.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide() {
    this.root.hidden = true;
  }
}
