/**
 * Names on the canvas, as on a map: the weightiest first, four places to try
 * round the mark, none over another. A name keeps its place while it can.
 */
const SIZE = 12.5;
const LINE = 15;
const WIDEST = 150;
/** [horizontal, vertical] side of the mark. */
const SIDES = [[1, 0], [-1, 0], [0, 1], [0, -1]];

export class Labels {
  constructor(/** @type {CanvasRenderingContext2D} */ context) {
    this.context = context;
    /** @type {Map<string, {lines: string[], width: number}>} */
    this.measured = new Map();
    /** @type {Map<string, number>} */
    this.lastSide = new Map();
    this.font = "";
  }

  /** Fonts arrive late: measure again. */
  forget() {
    this.measured.clear();
  }

  /**
   * @param {object} scene
   * @param {number} scene.width
   * @param {number} scene.height
   * @param {Iterable<LabelItem>} scene.items the weightiest first
   * @param {{x: number, y: number, radius: number, matters: number}[]} scene.obstacles marks that names keep clear
   * @param {boolean} scene.keepSides a name that was there stays on its side of the mark or goes
   * @param {number} scene.most how many names at most, forced ones not counted
   * @param {string} scene.font family
   * @param {string} scene.halo colour of the paper
   * @typedef {{id: string, label: string, x: number, y: number, radius: number, room: number, colour: string,
   *   forced: boolean, strong: boolean, great: boolean}} LabelItem
   * `room`: free of names, in pixels round the mark; `great`: may lie over small marks
   */
  draw({ width, height, items, obstacles, most, font, halo, keepSides }) {
    const { context } = this;
    if (font !== this.font) {
      this.font = font;
      this.forget();
    }
    const taken = new Boxes();
    for (const { x, y, radius, matters } of obstacles) taken.add(x - radius, y - radius, x + radius, y + radius, matters);
    context.lineJoin = "round";
    context.textBaseline = "middle";
    let drawn = 0;
    let tried = 0;
    const names = [];
    for (const item of items) {
      if (!item.forced && (drawn >= most || tried > most * 6)) continue;
      if (item.x < -20 || item.y < -20 || item.x > width + 20 || item.y > height + 20) continue;
      tried += 1;
      const text = this.measure(item.label, item.strong);
      const side = this.freeSide(item, text, taken, width, height, keepSides && !item.great);
      if (side < 0) continue;
      if (!keepSides) this.lastSide.set(item.id, side);
      const box = place(item, text, side);
      taken.add(box.left - 3, box.top - 1, box.right + 3, box.bottom + 1);
      this.write(item, text, box, side, halo);
      names.push(item.id);
      drawn += item.forced ? 0 : 1;
    }
    return names;
  }

  /** A free side, the last one first; for a great name, if need be, one over small marks. */
  freeSide(item, text, taken, width, height, sameSide) {
    const last = this.lastSide.get(item.id) ?? 0;
    const sides = sameSide && this.lastSide.has(item.id) ? [last] : [last, ...[0, 1, 2, 3].filter((side) => side !== last)];
    const inside = sides.filter((side) => {
      const box = place(item, text, side);
      return box.left >= 2 && box.right <= width - 2 && box.top >= 2 && box.bottom <= height - 2;
    });
    for (const over of item.great ? [0, 0.7 * item.radius] : [0]) {
      for (const side of inside) if (!taken.hit(place(item, text, side), item, over)) return side;
    }
    return item.forced ? (inside[0] ?? 0) : -1;
  }

  write(item, text, box, side, halo) {
    const { context } = this;
    context.font = this.fontOf(item.strong);
    const across = SIDES[side][0];
    context.textAlign = across > 0 ? "left" : across < 0 ? "right" : "center";
    const x = across > 0 ? box.left : across < 0 ? box.right : (box.left + box.right) / 2;
    text.lines.forEach((line, i) => {
      const y = box.top + LINE * (i + 0.5);
      context.lineWidth = 4;
      context.strokeStyle = halo;
      context.strokeText(line, x, y);
      context.fillStyle = item.colour;
      context.fillText(line, x, y);
    });
  }

  fontOf(/** @type {boolean} */ strong) {
    return `${strong ? 600 : 450} ${SIZE}px ${this.font}`;
  }

  /** At most two lines; longer names end in an ellipsis, the full one is in the tooltip. */
  measure(/** @type {string} */ label, /** @type {boolean} */ strong) {
    const key = (strong ? "s" : "n") + label;
    const known = this.measured.get(key);
    if (known) return known;
    const { context } = this;
    context.font = this.fontOf(strong);
    const wide = (/** @type {string} */ text) => context.measureText(text).width;
    const words = [...label].slice(0, 90).join("").split(" ");
    const lines = [""];
    for (const word of words) {
      const longer = lines[lines.length - 1] ? `${lines[lines.length - 1]} ${word}` : word;
      if (wide(longer) <= WIDEST || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    const cut = lines.length > 2 || [...label].length > 90;
    const kept = lines.slice(0, 2).map((line, i, all) => {
      const ends = cut && i === all.length - 1;
      if (!ends && wide(line) <= WIDEST) return line;
      let letters = [...line];
      while (letters.length > 1 && wide(letters.join("") + "…") > WIDEST) letters = letters.slice(0, -1);
      return letters.join("").trimEnd() + "…";
    });
    const result = { lines: kept, width: Math.max(...kept.map(wide)) };
    this.measured.set(key, result);
    return result;
  }
}

function place({ x, y, room }, { lines, width }, side) {
  const [across, down] = SIDES[side];
  const high = lines.length * LINE;
  const away = room + 5;
  const left = across > 0 ? x + away : across < 0 ? x - away - width : x - width / 2;
  const top = down > 0 ? y + away - 1 : down < 0 ? y - away - high + 1 : y - high / 2;
  return { left, top, right: left + width, bottom: top + high };
}

/** Rectangles in cells, so that a hundred names do not look at each other. */
class Boxes {
  constructor() {
    this.cells = new Map();
  }

  *around(left, top, right, bottom) {
    for (let c = Math.floor(left / 64); c <= Math.floor(right / 64); c++) {
      for (let r = Math.floor(top / 64); r <= Math.floor(bottom / 64); r++) yield c * 4096 + r;
    }
  }

  /** @param {number} [mark] how much it matters, when it is a mark and not a name */
  add(left, top, right, bottom, mark = Infinity) {
    for (const cell of this.around(left, top, right, bottom)) {
      const there = this.cells.get(cell);
      const box = [left, top, right, bottom, mark];
      if (there) there.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  /** Its own mark does not count, nor do marks that matter less than `over`. */
  hit({ left, top, right, bottom }, { x, y }, over) {
    for (const cell of this.around(left, top, right, bottom)) {
      for (const [l, t, r, b, mark] of this.cells.get(cell) ?? []) {
        if (l >= right || r <= left || t >= bottom || b <= top) continue;
        if (mark < over) continue;
        if (mark === Infinity || Math.abs((l + r) / 2 - x) > 0.01 || Math.abs((t + b) / 2 - y) > 0.01) return true;
      }
    }
    return false;
  }
}
