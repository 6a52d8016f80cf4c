/**
 * One network view: takes Python's messages and the reader's gestures, keeps
 * the state, and tells the parts to show it.
 */
import { Camera } from "./camera.js";
import { Choosing } from "./choosing.js";
import { decode } from "./decode.js";
import { announce, describeLine, describeMark } from "./describe.js";
import { Drawing } from "./drawing.js";
import { download, picture } from "./export_png.js";
import { buildFrame, toggleFullScreen } from "./frame.js";
import { writeHooks } from "./hooks.js";
import { listenToKeys, nextInDirection } from "./keyboard.js";
import { boxOf, hashPlaces, settle } from "./layout.js";
import { Legend } from "./legend.js";
import { remember } from "./memory.js";
import { readPalette } from "./palette.js";
import { SearchBox } from "./search_box.js";
import { Sentences } from "./sentences.js";
import { Toolbar } from "./toolbar.js";
import { Tooltip } from "./tooltip.js";
import { visibility } from "./visibility.js";
import { YearSlider } from "./year_slider.js";

const ZOOM_STEP = 1.6;
const NOBODY = { members: [], lines: [], tieCount: 0, firstYear: null, lastYear: null, indexOf: new Map() };

export class NetworkView {
  /** @param {Node} parent the shadow root @param {string} key */
  constructor(parent, key) {
    this.memory = remember(key);
    /** Replaced at every message: Streamlit's way back to Python. */
    this.send = (/** @type {string} */ _name, /** @type {unknown} */ _value) => {};
    this.sentences = new Sentences({});
    this.state = {
      network: NOBODY,
      seen: visibility(NOBODY, new Set(), null),
      palette: null,
      selected: this.memory.selected,
      /** walked to, clicked, or asked for by Python */
      focused: -1,
      /** @type {"keyboard" | "asked" | null} how the focused mark is ringed */
      ring: null,
      /** whose partners stand out: under the pointer, else walked to */
      lit: -1,
      litLine: -1,
      /** @type {Set<number> | null} the others fade */
      emphasis: null,
      year: this.memory.year,
      /** of the marks: smaller on a narrow screen */
      scale: 1,
      still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    };
    this.hovered = -1;
    /** @type {Set<number> | null} found by the search */
    this.matches = null;
    this.revision = "";
    this.positionsHash = "";
    this.updates = 0;
    this.pass = 0;
    this.choosing = new Choosing(this.state.selected, (name, value) => this.send(name, value), () => this.show());
    this.build(parent);
  }

  build(/** @type {Node} */ parent) {
    this.search = new SearchBox({
      members: () => this.shownIndexes().map((index) => this.state.network.members[index]),
      matched: (found) => {
        this.matches = found && new Set(found.map((member) => member.index));
        this.show();
      },
      chosen: (member) => {
        this.frame.stage.focus();
        this.walkTo(member.index);
      },
    });
    this.toolbar = new Toolbar({
      zoom_in: () => this.camera?.zoom(1 / ZOOM_STEP),
      zoom_out: () => this.camera?.zoom(ZOOM_STEP),
      fit: () => this.camera?.fit(this.shownIndexes()),
      full_screen: () => toggleFullScreen(this.frame.root).then(() => this.resized()),
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
    this.frame = buildFrame({
      search: this.search.root, toolbar: this.toolbar.root, legend: this.legend.root, years: this.years.root, tooltip: this.tooltip.root,
    });
    parent.appendChild(this.frame.root);
    this.listen();
  }

  listen() {
    const { stage, clear } = this.frame;
    clear.addEventListener("click", () => {
      this.choosing.clear();
      stage.focus();
    });
    listenToKeys(stage, {
      zoomIn: () => this.camera?.zoom(1 / ZOOM_STEP),
      zoomOut: () => this.camera?.zoom(ZOOM_STEP),
      fit: () => this.camera?.fit(this.shownIndexes()),
      clear: () => {
        this.state.focused = -1;
        this.choosing.clear();
        this.show();
      },
      choose: (more) => this.state.focused >= 0 && this.choose(this.state.focused, more, true),
      expand: () => this.state.focused >= 0 && this.expand(this.state.focused),
      walk: (direction) => this.walk(direction),
    });
    stage.addEventListener("focus", () => this.show());
    stage.addEventListener("blur", () => this.show());
    // The wheel scrolls the page until the reader has stepped into the view.
    const wheel = (/** @type {WheelEvent} */ event) => !event.ctrlKey && !this.inside() && event.stopPropagation();
    stage.addEventListener("wheel", wheel, { capture: true });
    stage.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      const box = stage.getBoundingClientRect();
      this.pointer = { x: event.clientX - box.left, y: event.clientY - box.top };
    });
    document.addEventListener("fullscreenchange", (this.onFullScreen = () => this.resized()));
    // The container is 0x0 at first and changes with the page.
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(stage);
    document.fonts?.ready.then(() => {
      this.drawing?.labels.forget();
      this.drawing?.repaint();
    });
  }

  /** The keyboard is in the stage, or there is nothing but the view. */
  inside() {
    const { root, stage } = this.frame;
    return /** @type {any} */ (root.getRootNode()).activeElement === stage || root.matches(":fullscreen, .filling");
  }

  /** @param {import("./types.js").Payload} data */
  update(data) {
    this.updates += 1;
    this.data = data;
    this.sentences = new Sentences(data.texts);
    this.frame.root.style.height = `${data.height}px`;
    this.frame.root.lang = data.texts.locale;
    this.state.palette = readPalette(this.frame.root, data.dark);
    for (const name of ["paper", "ink", "accent"]) this.frame.root.style.setProperty(`--${name}`, this.state.palette[name]);
    this.frame.root.classList.toggle("own-paper", !this.state.palette.agrees);
    this.translate();
    const { version, selected } = data.imposed;
    if (version !== this.memory.version) {
      this.memory.version = version;
      this.choosing.replace(selected);
    }
    if (data.revision !== this.revision) this.load(data);
    else {
      this.follow(data.focus);
      this.show();
    }
  }

  translate() {
    const { sentences, frame } = this;
    this.search.translate(sentences);
    this.toolbar.translate(sentences);
    frame.stage.setAttribute("aria-label", `${sentences.say("view_label")}. ${sentences.say("view_help")}`);
    frame.clear.setAttribute("aria-label", sentences.say("clear"));
    frame.clear.title = sentences.say("clear");
    if (frame.root.dataset.state) this.setState(frame.root.dataset.state);
  }

  /** A new or changed network: decode, settle places, draw. */
  async load(/** @type {import("./types.js").Payload} */ data) {
    const pass = ++this.pass;
    this.revision = data.revision;
    const { places } = this.memory;
    try {
      const network = decode(data.graph);
      const known = network.members.some((member) => places.has(member.id));
      if (network.members.length && !known) this.setState("working");
      const { x, y } = data.graph;
      const given = x && y ? Float64Array.from({ length: 2 * x.length }, (_, i) => (i % 2 ? y : x)[i >> 1] ?? NaN) : null;
      const fresh = await settle(network, places, given);
      if (pass !== this.pass) return; // a later message has come meanwhile
      if (fresh || !known) this.memory.box = this.memory.camera = null;
      this.adopt(network);
      this.setState(network.members.length ? "ready" : "empty");
      this.show(); // the legend takes height from the stage: first it, then the drawing
      this.place();
      this.follow(data.focus);
      this.show();
    } catch (error) {
      console.error(error);
      this.setState("failed");
    }
  }

  adopt(/** @type {import("./types.js").Network} */ network) {
    const { state, memory } = this;
    const focused = state.network.members[state.focused]?.id;
    Object.assign(state, { network, lit: -1, litLine: -1, emphasis: null, focused: network.indexOf.get(focused) ?? -1 });
    state.seen = visibility(network, memory.hiddenKinds, state.year);
    this.hovered = -1;
    this.matches = null;
    this.tooltip.hide();
    this.positionsHash = hashPlaces(network.members, memory.places);
  }

  /** Draw at the settled places; the frame and the camera stay as they were. */
  place() {
    const { state, memory, frame } = this;
    if (!frame.stage.offsetWidth || !frame.stage.offsetHeight) return; // the observer comes back
    state.scale = scaleFor(frame.stage);
    if (!this.drawing) {
      this.drawing = new Drawing(frame.canvas, state);
      this.camera = new Camera(this.drawing, state.still);
      this.listenToDrawing();
    }
    memory.box ??= boxOf(state.network.members, memory.places);
    this.drawing.setNetwork(state.network, memory.places, memory.box);
    if (memory.camera) this.camera.camera.setState(memory.camera);
    else if (state.network.members.length) this.camera.fitNow(this.shownIndexes());
  }

  shownIndexes() {
    const { network, seen } = this.state;
    return network.members.map((member) => member.index).filter((index) => seen.shown[index]);
  }

  listenToDrawing() {
    const { sigma } = this.drawing;
    const indexOf = (/** @type {string} */ key) => Number(key.slice(1));
    sigma.on("enterNode", ({ node }) => this.hover(indexOf(node), -1));
    sigma.on("enterEdge", ({ edge }) => this.hover(-1, indexOf(edge)));
    for (const leaving of ["leaveNode", "leaveEdge", "leaveStage"]) sigma.on(leaving, () => this.hover(-1, -1));
    sigma.on("clickNode", ({ node, event }) => {
      const { ctrlKey, shiftKey, metaKey } = /** @type {MouseEvent} */ (event.original);
      this.choose(indexOf(node), ctrlKey || shiftKey || metaKey, false);
    });
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      this.expand(indexOf(node));
    });
    sigma.on("clickStage", () => {
      this.state.focused = -1;
      this.show();
    });
    sigma.on("afterRender", () => this.writeHooks());
    sigma.getCamera().on("updated", (state) => {
      this.memory.camera = { ...state };
      this.tooltip.hide();
    });
  }

  hover(/** @type {number} */ member, /** @type {number} */ line) {
    const { state, drawing, sentences } = this;
    if (this.hovered === member && state.litLine === line) return;
    const before = state.lit;
    this.hovered = member;
    state.litLine = line;
    this.frame.canvas.classList.toggle("pointing", member >= 0 || line >= 0);
    this.emphasise();
    const { members, lines } = state.network;
    if (member < 0 && line < 0) this.tooltip.hide();
    else {
      const said =
        member >= 0
          ? describeMark(members[member], drawing.neighbours(member).length, sentences)
          : describeLine(lines[line], members, state.year, sentences);
      this.tooltip.show(said, this.pointer ?? { x: 0, y: 0 }, drawing.sigma.getDimensions());
    }
    if (drawing.crowded && !this.matches) drawing.repaintAround([before, state.lit].filter((index) => index >= 0));
    else drawing.repaint();
  }

  /** Who stands out: under the pointer, else walked to, else found by the search. */
  emphasise() {
    const { state, drawing } = this;
    const walked = state.ring === "keyboard" && this.inside() && state.seen.shown[state.focused] ? state.focused : -1;
    state.lit = this.hovered >= 0 ? this.hovered : walked;
    state.emphasis = this.matches;
    if (!drawing || (drawing.crowded && !this.matches)) return;
    if (state.lit >= 0) state.emphasis = new Set([state.lit, ...drawing.neighbours(state.lit)]);
    else if (state.litLine >= 0) {
      const { source, target } = state.network.lines[state.litLine];
      state.emphasis = new Set([source, target]);
    }
  }

  choose(/** @type {number} */ index, /** @type {boolean} */ more, /** @type {boolean} */ sure) {
    this.state.focused = index;
    if (!sure) this.state.ring = null;
    this.choosing.choose(this.state.network.members[index].id, more, sure);
    this.say(index);
  }

  expand(/** @type {number} */ index) {
    this.state.focused = index;
    this.choosing.expand(this.state.network.members[index].id);
  }

  walk(/** @type {[number, number]} */ direction) {
    const { state, drawing } = this;
    if (!drawing || !state.seen.shownCount) return;
    if (!state.seen.shown[state.focused]) {
      const chosen = [...state.selected].map((id) => state.network.indexOf.get(id)).find((index) => state.seen.shown[index]);
      this.walkTo(chosen ?? drawing.byWeight.find((index) => state.seen.shown[index]));
      return;
    }
    const spot = (/** @type {number} */ index) => ({ index, ...drawing.at(index) });
    const next = nextInDirection(drawing.at(state.focused), direction, drawing.neighbours(state.focused).map(spot), () => this.shownIndexes().map(spot));
    if (next >= 0) this.walkTo(next);
  }

  walkTo(/** @type {number} */ index) {
    this.state.focused = index;
    this.state.ring = "keyboard";
    this.camera?.bringIntoView(index);
    this.say(index);
    this.show();
  }

  /** Python asks for somebody: go there when the wish is new. */
  follow(/** @type {string | null} */ id) {
    const wish = id !== this.memory.focus;
    if (!wish && this.followed) return;
    this.followed = true;
    this.memory.focus = id;
    this.state.focused = this.state.network.indexOf.get(id) ?? -1;
    this.state.ring = "asked";
    if (wish && this.state.focused >= 0) this.camera?.bringIntoView(this.state.focused);
  }

  say(/** @type {number} */ index) {
    const member = this.state.network.members[index];
    const partners = this.drawing?.neighbours(index).length ?? 0;
    this.frame.live.textContent = announce(member, partners, this.state.selected.has(member.id), this.sentences);
  }

  saveImage() {
    if (this.drawing) download(picture(this.drawing.sigma, this.state.palette.paper), `${this.sentences.say("image_name")}.png`);
  }

  resized() {
    const { stage, root } = this.frame;
    if (!stage.offsetWidth || !stage.offsetHeight || !this.data) return;
    if (this.drawing) {
      this.state.scale = scaleFor(stage);
      this.drawing.sigma.refresh();
      if (this.camera.untouched) this.camera.fitNow(this.shownIndexes());
    } else if (root.dataset.state === "ready") this.place();
    this.show();
  }

  /** Everything that follows from the state. */
  show() {
    const { state, sentences, memory, frame } = this;
    if (!state.palette) return;
    state.seen = visibility(state.network, memory.hiddenKinds, state.year);
    this.emphasise();
    this.legend.show(state.seen.counts, memory.hiddenKinds, state.palette.kinds, sentences);
    this.years.show(state.network.firstYear, state.network.lastYear, state.year, sentences);
    frame.chosen.hidden = state.selected.size === 0;
    frame.chosenText.textContent = sentences.count("selected", state.selected.size);
    this.drawing?.repaint();
    this.writeHooks();
  }

  setState(/** @type {string} */ name) {
    const { root, notice } = this.frame;
    root.dataset.state = name;
    notice.hidden = name === "ready";
    notice.className = `notice ${name}`;
    notice.textContent = name === "ready" ? "" : this.sentences.say(`notice_${name}`);
  }

  writeHooks() {
    writeHooks(this.frame.root, this.state, this.drawing ?? null, { positionsHash: this.positionsHash, updates: this.updates, stage: this.frame.stage });
  }

  destroy() {
    this.pass += 1;
    this.choosing.stop();
    this.years.stop();
    this.observer.disconnect();
    document.removeEventListener("fullscreenchange", this.onFullScreen);
    this.drawing?.destroy();
    this.frame.root.remove();
  }
}

/** Marks at full size from 900 pixels. */
const scaleFor = (/** @type {HTMLElement} */ stage) => Math.min(1, Math.max(0.55, stage.offsetWidth / 900));
