/**
 * One network view: takes Python's messages and the reader's gestures, keeps
 * the state, and tells the parts to show it.
 *
 * For tests the root carries `data-state` (empty, working, ready, failed),
 * `data-nodes`, `data-ties`, `data-lines` (as received; lines: pairs drawn once),
 * `data-shown`, `data-drawn`, `data-positions-hash`, `data-selected` and
 * `data-focused` (ids), `data-focused-at` (client x,y of the focused mark),
 * `data-names` (how many names are drawn), `data-year`, `data-updates`.
 */
import { decode } from "./decode.js";
import { element, icon, ICONS } from "./dom.js";
import { Drawing } from "./drawing.js";
import { download, picture } from "./export_png.js";
import { listenToKeys, nextInDirection } from "./keyboard.js";
import { hashPlaces, settle } from "./layout.js";
import { Legend } from "./legend.js";
import { remember } from "./memory.js";
import { readPalette } from "./palette.js";
import { SearchBox } from "./search_box.js";
import { Sentences } from "./sentences.js";
import styles from "./styles.css";
import { Toolbar } from "./toolbar.js";
import { Tooltip } from "./tooltip.js";
import { begunBy, visibility } from "./visibility.js";
import { YearSlider } from "./year_slider.js";

/** A double click first fires clicks: wait for it before Python hears of a choice. */
const DOUBLE_CLICK = 300;
const NOBODY = { members: [], lines: [], tieCount: 0, firstYear: null, lastYear: null, indexOf: new Map() };

export class NetworkView {
  /** @param {Node} parent the shadow root @param {string} key */
  constructor(parent, key) {
    this.memory = remember(key);
    this.send = (/** @type {string} */ _name, /** @type {unknown} */ _value) => {};
    this.sentences = new Sentences({});
    this.state = {
      network: NOBODY,
      seen: visibility(NOBODY, new Set(), null),
      palette: null,
      selected: this.memory.selected,
      /** walked to, or asked for by Python */
      focused: -1,
      /** whose partners stand out: hovered, else walked to */
      lit: -1,
      litLine: -1,
      /** @type {Set<number> | null} the others fade */
      emphasis: null,
      year: this.memory.year,
      /** @type {"keyboard" | "asked" | null} how the focused mark is ringed */
      ring: null,
      /** of the marks: smaller on a narrow screen */
      scale: 1,
      still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    };
    this.hovered = -1;
    /** @type {Set<number> | null} */
    this.matches = null;
    this.revision = "";
    this.pass = 0;
    this.updates = 0;
    this.build(parent);
  }

  build(parent) {
    this.search = new SearchBox({
      members: () => this.state.network.members.filter((member) => this.state.seen.shown[member.index]),
      matched: (found) => {
        this.matches = found && new Set(found.map((member) => member.index));
        this.show();
      },
      chosen: (member) => {
        this.stage.focus();
        this.state.ring = "keyboard";
        this.focusOn(member.index, true);
      },
    });
    this.toolbar = new Toolbar({
      zoom_in: () => this.zoom(1 / 1.6),
      zoom_out: () => this.zoom(1.6),
      fit: () => this.fit(),
      full_screen: () => this.fullScreen(),
      save_image: () => this.saveImage(),
    });
    this.legend = new Legend((kind) => {
      const { hiddenKinds } = this.memory;
      if (!hiddenKinds.delete(kind)) hiddenKinds.add(kind);
      this.show();
    });
    this.years = new YearSlider(
      (year) => {
        this.memory.year = this.state.year = year;
        this.show();
      },
      (year) => this.send("year", { year }),
    );
    this.tooltip = new Tooltip();
    this.canvas = element("div", { class: "canvas" });
    this.notice = element("div", { class: "notice", hidden: "" });
    this.chosenText = element("span");
    this.clearButton = element("button", { type: "button", "data-action": "clear" }, [icon(ICONS.clear, { class: "stroke" })]);
    this.clearButton.addEventListener("click", () => this.select([], true));
    this.chosen = element("div", { class: "chosen", hidden: "" }, [this.chosenText, this.clearButton]);
    this.stage = element("div", { class: "stage", tabindex: "0", role: "application" }, [this.canvas, this.notice, this.tooltip.root]);
    this.stageWrap = element("div", { class: "stage-wrap" }, [this.stage, this.chosen]);
    this.live = element("div", { class: "spoken", "aria-live": "polite" });
    this.root = element("div", { class: "network" }, [
      element("style", {}, [styles]),
      element("div", { class: "bar" }, [this.search.root, this.toolbar.root]),
      this.stageWrap,
      element("div", { class: "bar" }, [this.legend.root, this.years.root]),
      this.live,
    ]);
    parent.append(this.root);
    this.listen();
    // The container is 0x0 at first and changes with the page.
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(this.stage);
    document.fonts?.ready.then(() => {
      this.drawing?.labels.forget();
      this.drawing?.repaint();
    });
  }

  listen() {
    listenToKeys(this.stage, {
      zoomIn: () => this.zoom(1 / 1.6),
      zoomOut: () => this.zoom(1.6),
      fit: () => this.fit(),
      clear: () => {
        this.focusOn(-1, false);
        if (this.state.selected.size) this.select([], true);
      },
      choose: (more) => this.state.focused >= 0 && this.choose(this.state.focused, more, true),
      expand: () => this.state.focused >= 0 && this.expand(this.state.focused),
      walk: (direction) => this.walk(direction),
    });
    this.stage.addEventListener("focus", () => this.show());
    this.stage.addEventListener("blur", () => this.show());
    // The wheel scrolls the page until the reader has stepped into the view.
    this.stage.addEventListener(
      "wheel",
      (/** @type {WheelEvent} */ event) => {
        if (!event.ctrlKey && !this.inside()) event.stopPropagation();
      },
      { capture: true },
    );
    this.stage.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      const box = this.stage.getBoundingClientRect();
      this.pointer = { x: event.clientX - box.left, y: event.clientY - box.top };
    });
    document.addEventListener("fullscreenchange", (this.onFullScreen = () => this.resized()));
  }

  inside() {
    return /** @type {any} */ (this.root.getRootNode()).activeElement === this.stage || this.root.matches(":fullscreen, .filling");
  }

  /** @param {import("./types.js").Payload} data */
  update(data) {
    this.updates += 1;
    this.data = data;
    this.sentences = new Sentences(data.texts);
    this.root.style.height = `${data.height}px`;
    this.root.lang = data.texts.locale ?? "";
    this.paint();
    this.translate();
    if (data.imposed.version !== this.memory.version) {
      this.memory.version = data.imposed.version;
      this.state.selected.clear();
      for (const id of data.imposed.selected) this.state.selected.add(id);
      if (data.imposed.year !== undefined) this.memory.year = this.state.year = data.imposed.year;
    }
    if (data.revision !== this.revision) this.load(data);
    else {
      this.follow(data.focus);
      this.show();
    }
  }

  paint() {
    const palette = readPalette(this.root, this.data.dark);
    this.state.palette = palette;
    this.root.classList.toggle("dark", palette.dark);
    for (const name of ["paper", "ink", "accent"]) this.root.style.setProperty(`--${name}`, palette[name]);
  }

  translate() {
    const { sentences } = this;
    this.search.translate(sentences);
    this.toolbar.translate(sentences);
    this.stage.setAttribute("aria-label", `${sentences.say("view_label")}. ${sentences.say("view_help")}`);
    this.clearButton.setAttribute("aria-label", sentences.say("clear"));
    this.clearButton.title = sentences.say("clear");
  }

  /** A new or changed network: decode, settle places, draw. */
  async load(/** @type {import("./types.js").Payload} */ data) {
    const pass = ++this.pass;
    this.revision = data.revision;
    const network = decode(data.graph);
    const { places } = this.memory;
    const before = network.members.filter((member) => places.has(member.id)).length;
    if (network.members.length && !before) this.setState("working");
    try {
      const { x, y } = data.graph;
      const given = x && y ? Float64Array.from({ length: x.length * 2 }, (_, i) => (i % 2 ? y : x)[i >> 1] ?? NaN) : null;
      const fresh = await settle(network, places, given);
      if (pass !== this.pass) return;
      if (fresh || !before) this.memory.box = this.memory.camera = null;
      this.focusId = this.state.focused >= 0 ? this.state.network.members[this.state.focused].id : null;
      Object.assign(this.state, { network, lit: -1, litLine: -1, emphasis: null });
      this.state.focused = network.indexOf.get(this.focusId) ?? -1;
      this.hovered = -1;
      this.matches = null;
      this.state.seen = visibility(network, this.memory.hiddenKinds, this.state.year);
      this.placesHash = hashPlaces(network.members, places);
      // First the legend: it takes height from the stage.
      this.show();
      this.place();
      this.follow(data.focus);
      this.setState(network.members.length ? "ready" : "empty");
      this.show();
    } catch (error) {
      console.error(error);
      this.setState("failed");
    }
  }

  /** Draw at the settled places; the frame and the camera stay as they were. */
  place() {
    const { network } = this.state;
    if (!this.drawing && this.stage.offsetWidth === 0) return;
    if (!this.drawing) {
      this.drawing = new Drawing(this.canvas, this.state);
      this.listenToDrawing();
    }
    this.state.scale = scaleFor(this.stage);
    this.memory.box ??= frameOf(network.members, this.memory.places);
    this.drawing.setNetwork(network, this.memory.places, this.memory.box);
    const camera = this.drawing.sigma.getCamera();
    if (this.memory.camera) camera.setState(this.memory.camera);
    else if (network.members.length) this.fitNow();
  }

  /** Also after a change of size, as long as nobody moved the camera. */
  fitNow() {
    const camera = this.drawing.sigma.getCamera();
    camera.setState(this.drawing.cameraFor(this.shownIndexes()));
    this.fitted = JSON.stringify(camera.getState());
  }

  shownIndexes() {
    return this.state.network.members.map((member) => member.index).filter((index) => this.state.seen.shown[index]);
  }

  listenToDrawing() {
    const { sigma } = this.drawing;
    const indexOf = (/** @type {string} */ key) => Number(key.slice(1));
    sigma.on("enterNode", ({ node }) => this.hover(indexOf(node), -1));
    sigma.on("leaveNode", () => this.hover(-1, -1));
    sigma.on("enterEdge", ({ edge }) => this.hover(-1, indexOf(edge)));
    sigma.on("leaveEdge", () => this.hover(-1, -1));
    sigma.on("leaveStage", () => this.hover(-1, -1));
    sigma.on("clickNode", ({ node, event }) => {
      const { ctrlKey, shiftKey, metaKey } = /** @type {MouseEvent} */ (event.original);
      this.choose(indexOf(node), ctrlKey || shiftKey || metaKey, false);
    });
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      this.expand(indexOf(node));
    });
    sigma.on("clickStage", () => this.focusOn(-1, false));
    sigma.on("afterRender", () => this.mark());
    sigma.getCamera().on("updated", (state) => {
      this.memory.camera = { ...state };
      this.tooltip.hide();
    });
  }

  hover(/** @type {number} */ member, /** @type {number} */ line) {
    if (this.hovered === member && this.state.litLine === line) return;
    const previous = this.state.lit;
    this.hovered = member;
    this.state.litLine = line;
    this.canvas.classList.toggle("walking", member >= 0 || line >= 0);
    this.emphasise();
    this.describeUnderPointer(member, line);
    if (this.drawing.crowded && !this.matches) this.drawing.repaintAround([previous, this.state.lit].filter((index) => index >= 0));
    else this.drawing.repaint();
  }

  describeUnderPointer(/** @type {number} */ index, /** @type {number} */ lineIndex) {
    const { network, year } = this.state;
    const { sentences } = this;
    const stage = { width: this.stage.clientWidth, height: this.stage.clientHeight };
    const at = this.pointer ?? { x: 0, y: 0 };
    if (index >= 0) {
      const member = network.members[index];
      const partners = sentences.count("partners", this.drawing.neighbours(index).length);
      this.tooltip.show([member.label, `${sentences.say(`kind_${member.kind}`)} · ${partners}`], at, stage);
    } else if (lineIndex >= 0) {
      const line = network.lines[lineIndex];
      const ties = begunBy(line, year);
      const ends = sentences.say("tie_between", { source: isolate(network.members[line.source].label), target: isolate(network.members[line.target].label) });
      const labels = [...new Set(ties.map((tie) => tie.label).filter(Boolean))];
      const more = labels.length > 3 ? [...labels.slice(0, 3), "…"] : labels;
      const count = ties.length > 1 ? `${sentences.count("ties", ties.length)} · ` : "";
      this.tooltip.show([ends, count + sentences.years(ties), ...more], at, stage);
    } else this.tooltip.hide();
  }

  /** Who stands out: under the pointer, else walked to, else found by the search. */
  emphasise() {
    const { state } = this;
    const walked = state.focused >= 0 && state.ring === "keyboard" && this.inside() && state.seen.shown[state.focused] ? state.focused : -1;
    state.lit = this.hovered >= 0 ? this.hovered : walked;
    if (state.lit >= 0 && this.drawing && !(this.drawing.crowded && !this.matches)) {
      state.emphasis = new Set([state.lit, ...this.drawing.neighbours(state.lit)]);
    } else if (state.litLine >= 0 && !this.drawing?.crowded) {
      const line = state.network.lines[state.litLine];
      state.emphasis = new Set([line.source, line.target]);
    } else state.emphasis = this.matches;
  }

  /** A click at once on the screen, a moment later to Python. */
  choose(/** @type {number} */ index, /** @type {boolean} */ more, /** @type {boolean} */ now) {
    const { id } = this.state.network.members[index];
    const chosen = new Set(more ? this.state.selected : []);
    if (more && chosen.has(id)) chosen.delete(id);
    else chosen.add(id);
    this.beforeClick ??= [...this.state.selected];
    this.select([...chosen], now);
    this.state.focused = index;
    if (!now) this.state.ring = null;
    this.announce(index);
    this.show();
  }

  select(/** @type {string[]} */ ids, /** @type {boolean} */ now) {
    const { selected } = this.state;
    selected.clear();
    for (const id of ids) selected.add(id);
    clearTimeout(this.clickTimer);
    const tell = () => {
      this.beforeClick = null;
      this.send("select", { ids: [...selected] });
    };
    if (now) tell();
    else this.clickTimer = window.setTimeout(tell, DOUBLE_CLICK);
    this.show();
  }

  /** The clicks that came first did not mean to choose. */
  expand(/** @type {number} */ index) {
    clearTimeout(this.clickTimer);
    if (this.beforeClick) {
      this.state.selected.clear();
      for (const id of this.beforeClick) this.state.selected.add(id);
      this.beforeClick = null;
    }
    this.state.focused = index;
    this.show();
    this.send("expand", { id: this.state.network.members[index].id });
  }

  walk(/** @type {[number, number]} */ direction) {
    const { state, drawing } = this;
    if (!drawing || !state.seen.shownCount) return;
    state.ring = "keyboard";
    if (state.focused < 0 || !state.seen.shown[state.focused]) {
      const selected = [...state.selected].map((id) => state.network.indexOf.get(id)).find((index) => index !== undefined && state.seen.shown[index]);
      this.focusOn(selected ?? drawing.byWeight.find((index) => state.seen.shown[index]), true);
      return;
    }
    const spot = (/** @type {number} */ index) => ({ index, ...drawing.at(index) });
    const partners = drawing.neighbours(state.focused).map(spot);
    const others = () => this.shownIndexes().map(spot);
    const next = nextInDirection(drawing.at(state.focused), direction, partners, others);
    if (next >= 0) this.focusOn(next, true);
  }

  focusOn(/** @type {number} */ index, /** @type {boolean} */ say) {
    this.state.focused = index;
    if (index >= 0) this.bringIntoView(index);
    if (say && index >= 0) this.announce(index);
    this.show();
  }

  /** Python asks for somebody: go there when the wish is new. */
  follow(/** @type {string | null} */ id) {
    if (id === this.memory.focus) return;
    this.memory.focus = id;
    const index = id === null ? -1 : (this.state.network.indexOf.get(id) ?? -1);
    this.state.focused = index;
    this.state.ring = "asked";
    if (index >= 0 && this.drawing) this.bringIntoView(index);
  }

  bringIntoView(/** @type {number} */ index) {
    const { sigma } = this.drawing;
    const { width, height } = sigma.getDimensions();
    const { x, y } = this.drawing.at(index);
    if (x > 60 && y > 40 && x < width - 60 && y < height - 40) return;
    this.moveCamera(this.drawing.framedAt(index));
  }

  announce(/** @type {number} */ index) {
    const member = this.state.network.members[index];
    const facts = {
      label: isolate(member.label.slice(0, 200)),
      kind: this.sentences.say(`kind_${member.kind}`),
      partners: this.sentences.count("partners", this.drawing?.neighbours(index).length ?? 0),
    };
    this.live.textContent = this.sentences.say(this.state.selected.has(member.id) ? "live_selected" : "live_member", facts);
  }

  moveCamera(/** @type {object} */ to) {
    const camera = this.drawing.sigma.getCamera();
    if (this.state.still) camera.setState(to);
    else camera.animate(to, { duration: 260, easing: "quadraticInOut" });
  }

  zoom(/** @type {number} */ factor) {
    if (!this.drawing) return;
    const camera = this.drawing.sigma.getCamera();
    this.moveCamera({ ratio: camera.getBoundedRatio(camera.getState().ratio * factor) });
  }

  fit() {
    if (this.drawing) this.moveCamera(this.drawing.cameraFor(this.shownIndexes()));
  }

  async fullScreen() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (this.root.classList.toggle("filling", false) || !this.root.requestFullscreen) this.root.classList.toggle("filling");
    else await this.root.requestFullscreen().catch(() => this.root.classList.add("filling"));
    this.resized();
  }

  saveImage() {
    if (this.drawing) download(picture(this.drawing.sigma, this.state.palette.paper), `${this.sentences.say("image_name")}.png`);
  }

  resized() {
    if (!this.stage.offsetWidth || !this.stage.offsetHeight || !this.state.palette) return;
    this.state.scale = scaleFor(this.stage);
    if (!this.drawing) {
      if (this.root.dataset.state === "ready") this.place();
    } else {
      this.drawing.sigma.refresh();
      if (this.fitted === JSON.stringify(this.drawing.sigma.getCamera().getState())) this.fitNow();
    }
    this.show();
  }

  /** Everything that follows from the state. */
  show() {
    const { state, sentences, memory } = this;
    if (!state.palette) return;
    state.seen = visibility(state.network, memory.hiddenKinds, state.year);
    this.emphasise();
    this.legend.show(state.seen.counts, memory.hiddenKinds, state.palette.kinds, sentences);
    const { firstYear, lastYear } = state.network;
    this.years.show(firstYear, lastYear, state.year, sentences);
    this.chosen.hidden = state.selected.size === 0;
    this.chosenText.textContent = sentences.count("selected", state.selected.size);
    this.drawing?.repaint();
    this.mark();
  }

  setState(/** @type {"empty" | "working" | "ready" | "failed"} */ name) {
    this.root.dataset.state = name;
    this.notice.hidden = name === "ready";
    this.notice.className = `notice ${name}`;
    this.notice.textContent = name === "ready" ? "" : this.sentences.say(`notice_${name}`);
  }

  mark() {
    const { state, root } = this;
    const { network, seen } = state;
    const focused = state.focused >= 0 ? network.members[state.focused] : null;
    Object.assign(root.dataset, {
      nodes: network.members.length,
      ties: network.tieCount,
      lines: network.lines.length,
      shown: seen.shownCount,
      drawn: seen.drawnCount,
      positionsHash: this.placesHash ?? "",
      selected: JSON.stringify([...state.selected]),
      focused: focused?.id ?? "",
      year: state.year ?? "",
      updates: this.updates,
      names: this.drawing?.names.length ?? 0,
    });
    if (focused && this.drawing && state.focused * 3 < this.drawing.spots.length) {
      const box = this.stage.getBoundingClientRect();
      const { x, y } = this.drawing.at(state.focused);
      root.dataset.focusedAt = `${Math.round(box.left + x)},${Math.round(box.top + y)}`;
    } else delete root.dataset.focusedAt;
  }

  destroy() {
    clearTimeout(this.clickTimer);
    this.pass += 1;
    this.years.stop();
    this.observer.disconnect();
    document.removeEventListener("fullscreenchange", this.onFullScreen);
    this.drawing?.destroy();
    this.root.remove();
  }
}

/** Marks at full size from 900 pixels. */
const scaleFor = (/** @type {HTMLElement} */ stage) => Math.min(1, Math.max(0.55, stage.offsetWidth / 900));

/** Names keep their own direction inside a sentence. */
const isolate = (/** @type {string} */ text) => `\u2068${text}\u2069`;

/** @returns {{x: [number, number], y: [number, number]}} */
function frameOf(members, places) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { id } of members) {
    const { x, y } = places.get(id);
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  if (left > right) return null;
  const pad = left === right && top === bottom ? 1 : 0;
  return { x: [left - pad, right + pad], y: [top - pad, bottom + pad] };
}
