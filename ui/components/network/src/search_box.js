/** Search in the view: a combo box; choosing a name walks there. */
import { ICONS, element, icon } from "./dom.js";
import { find } from "./fold.js";

const SHOWN = 8;
let counter = 0;

export class SearchBox {
  /**
   * @param {object} host
   * @param {() => import("./types.js").Member[]} host.members those that may be found
   * @param {(found: import("./types.js").Member[] | null) => void} host.matched null: no search
   * @param {(member: import("./types.js").Member) => void} host.chosen
   */
  constructor(host) {
    this.host = host;
    const id = `schakel-found-${++counter}`;
    this.input = element("input", {
      type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: "120",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
    });
    this.list = element("ul", { id, role: "listbox", class: "found", hidden: "" });
    this.root = element("div", { class: "search" }, [icon(ICONS.search, { class: "stroke" }), this.input, this.list]);
    /** @type {import("./types.js").Member[]} */
    this.found = [];
    this.active = -1;
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("focus", () => this.input.value && this.search());
  }

  translate(/** @type {import("./sentences.js").Sentences} */ sentences) {
    this.sentences = sentences;
    this.input.placeholder = sentences.say("search");
    this.input.setAttribute("aria-label", sentences.say("search"));
    this.list.setAttribute("aria-label", sentences.say("search"));
  }

  search() {
    const text = this.input.value.trim();
    if (!text) {
      this.found = [];
      this.close();
      this.host.matched(null);
      return;
    }
    this.found = find(this.host.members(), text);
    this.active = this.found.length ? 0 : -1;
    this.show();
    this.host.matched(this.found);
  }

  show() {
    const options = this.found.slice(0, SHOWN).map((member, i) => {
      const option = element("li", { role: "option", id: `${this.list.id}-${i}`, "aria-selected": String(i === this.active) }, [
        element("bdi", {}, [member.label.slice(0, 120)]),
        element("span", {}, [this.sentences.say(`kind_${member.kind}`)]),
      ]);
      // Before the blur of the input closes the list.
      option.addEventListener("mousedown", (/** @type {Event} */ event) => {
        event.preventDefault();
        this.choose(member);
      });
      return option;
    });
    if (!options.length) options.push(element("li", { class: "none", role: "option", "aria-disabled": "true" }, [this.sentences.say("search_none")]));
    this.list.replaceChildren(...options);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(/** @type {KeyboardEvent} */ event) {
    const last = Math.min(SHOWN, this.found.length) - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (last < 0) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.active = (this.active + step + last + 1) % (last + 1);
      this.show();
    } else if (event.key === "Enter") {
      if (this.found[this.active]) this.choose(this.found[this.active]);
    } else if (event.key === "Escape" && this.input.value) {
      event.stopPropagation();
      this.clear();
    }
  }

  choose(/** @type {import("./types.js").Member} */ member) {
    this.clear();
    this.host.chosen(member);
  }

  clear() {
    this.input.value = "";
    this.search();
  }
}
