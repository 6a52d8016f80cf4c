/** Choosing and expanding: at once on the screen, to Python when it is sure what was meant. */

/** A double click first fires clicks: wait for it before Python hears of a choice. */
const DOUBLE_CLICK = 300;

export class Choosing {
  /**
   * @param {Set<string>} selected ids, shared with the drawing
   * @param {(name: string, value: unknown) => void} send
   * @param {() => void} changed
   */
  constructor(selected, send, changed) {
    this.selected = selected;
    this.send = send;
    this.changed = changed;
    this.timer = 0;
    /** @type {string[] | null} as it was before clicks that Python has not heard of */
    this.before = null;
  }

  /** @param {string} id @param {boolean} more beside the others @param {boolean} sure no second click can follow */
  choose(id, more, sure) {
    const chosen = new Set(more ? this.selected : []);
    if (more && this.selected.has(id)) chosen.delete(id);
    else chosen.add(id);
    this.before ??= [...this.selected];
    this.replace([...chosen]);
    if (sure) this.tell();
    else this.timer = window.setTimeout(() => this.tell(), DOUBLE_CLICK);
  }

  clear() {
    if (!this.selected.size) return;
    this.replace([]);
    this.tell();
  }

  /** The clicks that came first did not mean to choose. */
  expand(/** @type {string} */ id) {
    this.replace(this.before ?? [...this.selected]);
    this.before = null;
    this.send("expand", { id });
  }

  /** Also for what Python imposes; says nothing back. */
  replace(/** @type {string[]} */ ids) {
    clearTimeout(this.timer);
    this.selected.clear();
    for (const id of ids) this.selected.add(id);
    this.changed();
  }

  tell() {
    clearTimeout(this.timer);
    this.before = null;
    this.send("select", { ids: [...this.selected] });
  }

  stop() {
    clearTimeout(this.timer);
  }
}
