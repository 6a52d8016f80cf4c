/** Zoom, fit, full screen, picture. */
import { ICONS, element, icon } from "./dom.js";

/** @param {Record<string, () => void>} actions by text key, in order; the key is also the hook `data-action` */
export class Toolbar {
  constructor(actions) {
    this.root = element("div", { class: "toolbar", role: "toolbar" });
    this.buttons = Object.entries(actions).map(([key, act]) => {
      const button = element("button", { type: "button", "data-action": key });
      button.append(icon(ICONS[PICTURES[key]], { class: "stroke" }));
      button.addEventListener("click", act);
      this.root.append(button);
      return { key, button };
    });
  }

  translate(/** @type {import("./sentences.js").Sentences} */ sentences) {
    this.root.setAttribute("aria-label", sentences.say("toolbar_label"));
    for (const { key, button } of this.buttons) {
      button.title = sentences.say(key);
      button.setAttribute("aria-label", sentences.say(key));
    }
  }
}

const PICTURES = { zoom_in: "in", zoom_out: "out", fit: "fit", full_screen: "full", save_image: "image" };
