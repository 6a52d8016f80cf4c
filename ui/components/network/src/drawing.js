/** The canvas: sigma, how each mark and line looks in each state, and the names. */
import Graph from "graphology";
import Sigma from "sigma";
import { Labels } from "./labels.js";
import { LineProgram } from "./line_program.js";
import { createNodeProgram } from "./node_program.js";
import { SHAPES, mix, parseColour } from "./palette.js";
import { lineAt, markAt } from "./pick.js";
import { begunBy, otherEnd } from "./visibility.js";

/** Beyond this many marks, hovering lights up the partners and leaves the rest as it is. */
const CROWD = 4000;
const WIDEST_LINE = 3.2;
/** This many marks in sight, the weightiest, are not covered by names. */
const CLEAR = 600;
/** So many of the weightiest keep their names in a crowd. */
const GREAT = 12;

export class Drawing {
  /** @param {HTMLElement} container @param {any} state shared with the view, read only here */
  constructor(container, state) {
    this.container = container;
    this.state = state;
    this.graph = newGraph();
    this.sigma = new Sigma(this.graph, container, {
      allowInvalidContainer: true,
      defaultNodeType: "kind",
      nodeProgramClasses: { kind: createNodeProgram(() => parseColour(state.palette.paper).map((part) => part / 255)) },
      defaultEdgeType: "tie",
      edgeProgramClasses: { tie: LineProgram },
      nodeReducer: (_key, attributes) => this.mark(attributes),
      edgeReducer: (_key, attributes) => this.line(attributes),
      renderLabels: false,
      enableEdgeEvents: true,
      zIndex: true,
      stagePadding: 12,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      doubleClickTimeout: 280,
      defaultDrawNodeHover: () => {},
      zoomDuration: state.still ? 0 : 180,
      inertiaDuration: state.still ? 0 : 200,
    });
    // Sigma would draw everything a second time, in a colour for each, to read one pixel back.
    this.sigma.getNodeAtPosition = ({ x, y }) => {
      const index = markAt(x, y, this.spots);
      return index < 0 ? null : `n${index}`;
    };
    this.sigma.getEdgeAtPoint = (x, y) => {
      const index = lineAt(x, y, this.spots, state.network.lines, state.seen.drawn);
      return index < 0 ? null : `l${index}`;
    };
    this.framed = new Float64Array();
    this.spots = new Float32Array();
    this.sigma.createCanvasContext("names", { afterLayer: "nodes", style: { pointerEvents: "none" } });
    this.sigma.resize(true);
    this.context = this.sigma.getCanvases().names.getContext("2d");
    this.labels = new Labels(this.context);
    this.names = [];
    /** @type {number[]} */
    this.byWeight = [];
    this.sigma.on("afterRender", () => {
      this.locate();
      this.drawNames();
    });
  }

  /** @param {import("./types.js").Network} network @param {Map<string, import("./types.js").Point>} places */
  setNetwork(network, places, box) {
    const graph = newGraph();
    for (const { index, id } of network.members) {
      const { x, y } = places.get(id);
      // Screens count downwards, sigma upwards.
      graph.addNode(`n${index}`, { x, y: -y, index });
    }
    for (const line of network.lines) {
      graph.addEdgeWithKey(`l${line.index}`, `n${line.source}`, `n${line.target}`, { index: line.index });
    }
    this.graph = graph;
    this.byWeight = network.members
      .map((_, i) => i)
      .sort((a, b) => network.members[b].radius - network.members[a].radius || network.members[b].lines.length - network.members[a].lines.length || a - b);
    // The more lines, the thinner all of them.
    this.thinness = Math.min(1.15, Math.max(0.34, 1.7 - 0.42 * Math.log10(Math.max(10, network.lines.length))));
    this.sigma.setCustomBBox(box && { x: box.x, y: [-box.y[1], -box.y[0]] });
    // Where each stands in sigma's frame; kept so that no frame needs to ask for it.
    this.framed = new Float64Array();
    this.sigma.setGraph(graph);
    this.framed = new Float64Array(2 * network.members.length);
    for (const { index } of network.members) {
      const { x, y } = this.sigma.getNodeDisplayData(`n${index}`);
      this.framed[2 * index] = x;
      this.framed[2 * index + 1] = y;
    }
    this.locate();
    this.drawNames();
  }

  /** From the frame to pixels: the same sum for all, found from three points. */
  locate() {
    const { framed, sigma, state } = this;
    const count = framed.length / 2;
    const [zero, right, up] = [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 0, y: 1 }].map((point) => sigma.framedGraphToViewport(point));
    if (this.spots.length !== 3 * count) this.spots = new Float32Array(3 * count);
    const grow = state.scale * sigma.scaleSize();
    for (let i = 0; i < count; i++) {
      const [x, y] = [framed[2 * i], framed[2 * i + 1]];
      this.spots[3 * i] = zero.x + x * (right.x - zero.x) + y * (up.x - zero.x);
      this.spots[3 * i + 1] = zero.y + x * (right.y - zero.y) + y * (up.y - zero.y);
      this.spots[3 * i + 2] = state.seen.shown[i] ? state.network.members[i].radius * grow : 0;
    }
  }

  /** In sigma's frame, as the camera counts. */
  framedAt(/** @type {number} */ index) {
    return { x: this.framed[2 * index], y: this.framed[2 * index + 1] };
  }

  mark({ index, x, y }) {
    const { state } = this;
    const { network, seen, palette, selected, emphasis } = state;
    const member = network.members[index];
    const colours = palette.kinds[member.kind];
    const chosen = selected.has(member.id);
    const faint = emphasis ? !emphasis.has(index) && !chosen : !seen.lively[index] && !chosen;
    return {
      x,
      y,
      type: "kind",
      shape: SHAPES[member.kind],
      size: member.radius * state.scale + (chosen ? 1 : 0),
      color: faint ? colours.faintFill : colours.fill,
      outline: faint ? colours.faintOutline : colours.outline,
      ring: chosen ? palette.accent : null,
      hidden: !seen.shown[index],
      zIndex: chosen ? 3 : faint ? 0 : emphasis ? 2 : 1,
      label: null,
    };
  }

  line({ index }) {
    const { network, seen, palette, selected, emphasis, year, lit, litLine } = this.state;
    if (!seen.drawn[index]) return { hidden: true, color: palette.line, size: 1 };
    const line = network.lines[index];
    const { members } = network;
    const strong = index === litLine || (lit >= 0 && (line.source === lit || line.target === lit));
    const chosen = selected.has(members[line.source].id) || selected.has(members[line.target].id);
    let weight = 0;
    for (const tie of begunBy(line, year)) weight += Math.max(0, tie.weight);
    const size = Math.min(WIDEST_LINE, this.thinness * (0.85 + 0.4 * Math.sqrt(weight)));
    const within = emphasis && !strong && emphasis.has(line.source) && emphasis.has(line.target);
    return {
      size: strong ? Math.max(size, 0.8) + 0.6 : chosen || within ? Math.max(size, 0.9) : size,
      color: strong ? palette.lineStrong : emphasis && !within ? palette.lineFaint : chosen ? mix(palette.accent, palette.paper, 0.35) : palette.line,
      zIndex: strong ? 3 : chosen ? 2 : within ? 1 : 0,
      label: null,
    };
  }

  /** Colours and visibility; places stay. One refresh a frame. */
  repaint() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.sigma.refresh();
    });
  }

  /** After hovering in a crowd: only what changed. */
  repaintAround(/** @type {number[]} */ indexes) {
    const { network } = this.state;
    const lines = new Set(indexes.flatMap((index) => network.members[index].lines));
    this.sigma.refresh({
      partialGraph: { nodes: indexes.map((index) => `n${index}`), edges: [...lines].map((line) => `l${line}`) },
      skipIndexation: true,
      schedule: true,
    });
  }

  get crowded() {
    return this.state.network.members.length > CROWD;
  }

  /** Where a mark is in the stage, in pixels. */
  at(/** @type {number} */ index) {
    return { x: this.spots[3 * index], y: this.spots[3 * index + 1], radius: this.spots[3 * index + 2] };
  }

  drawNames() {
    const { context, sigma, state } = this;
    const { width, height } = sigma.getDimensions();
    context.clearRect(0, 0, width, height);
    const { network, seen, palette, selected, emphasis, lit, focused } = state;
    this.names = [];
    if (!network.members.length || this.framed.length !== 2 * network.members.length) return;
    const item = (/** @type {number} */ index, /** @type {boolean} */ forced, great = false) => {
      const member = network.members[index];
      const strong = index === lit || index === focused || selected.has(member.id);
      const faint = emphasis ? !emphasis.has(index) : !seen.lively[index];
      const place = this.at(index);
      const room = place.radius + (index === focused && state.ring ? 9 : selected.has(member.id) ? 5 : 0);
      const colour = strong ? palette.ink : faint ? palette.labelFaint : palette.label;
      return { id: member.id, label: member.label, ...place, room, forced, strong, great, colour };
    };
    const visible = (/** @type {number} */ index) => seen.shown[index];
    const first = new Set([lit, focused].filter((index) => index >= 0 && visible(index)));
    const second = [];
    for (const id of selected) {
      const index = network.indexOf.get(id);
      if (index !== undefined && visible(index) && !first.has(index) && second.length < 80) second.push(index);
    }
    if (emphasis) for (const index of this.byWeight) if (emphasis.has(index) && visible(index) && !first.has(index)) second.push(index);
    for (const index of first) second.unshift(index);
    const early = new Set(second);
    // While somebody stands out, the other names only fade: none comes, none moves.
    const view = JSON.stringify(sigma.getCamera().getState());
    const kept = emphasis && this.restingView === view ? this.restingNames : null;
    const self = this;
    function* items() {
      for (const index of early) yield item(index, first.has(index), true);
      let rank = 0;
      for (const index of self.byWeight) {
        if (!visible(index) || early.has(index)) continue;
        const great = rank++ < GREAT;
        if (!kept || kept.has(network.members[index].id)) yield item(index, false, great);
      }
    }
    // Marks worth keeping clear: all of them in a small view, the weightiest in a large one.
    const obstacles = [];
    let around = 0;
    for (const index of this.byWeight) {
      const [x, y] = [this.spots[3 * index], this.spots[3 * index + 1]];
      if (!visible(index) || x < 0 || y < 0 || x > width || y > height) continue;
      // In a crowd a great name may lie over lesser marks, but not over one that stands out.
      if (++around <= CLEAR) obstacles.push({ ...this.at(index), matters: emphasis ? (emphasis.has(index) ? 1000 : 0) : this.spots[3 * index + 2] });
    }
    const most = Math.max(14, Math.round((width * height) / (around > 2 * CLEAR ? 19000 : 9500)));
    this.names = this.labels.draw({ width, height, items: items(), obstacles, most, font: palette.font, halo: palette.paper, keepSides: kept !== null });
    if (!emphasis) [this.restingView, this.restingNames] = [view, new Set(this.names)];
    if (focused >= 0 && visible(focused) && state.ring) this.drawFocus(focused);
  }

  /** Ink between paper: seen on any ground. Thin when Python asked, thick for the keyboard. */
  drawFocus(/** @type {number} */ index) {
    const { context, state } = this;
    const { x, y, radius } = this.at(index);
    const thick = state.ring === "keyboard" ? 3 : 1.5;
    for (const [width, colour] of [[thick + 4, state.palette.paper], [thick, state.palette.ink]]) {
      context.beginPath();
      context.arc(x, y, radius * 1.15 + 7, 0, 2 * Math.PI);
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
  }

  /** Camera that shows these marks with room for their names. */
  cameraFor(/** @type {number[]} */ indexes) {
    const { width, height } = this.sigma.getDimensions();
    // A tall, narrow stage sees the same places from the side.
    const home = { x: 0.5, y: 0.5, ratio: 1, angle: height > 1.25 * width ? Math.PI / 2 : 0 };
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const index of indexes) {
      const { x, y } = this.sigma.framedGraphToViewport(this.framedAt(index), { cameraState: home });
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
    if (left > right) return home;
    const [aside, above] = [Math.min(90, width * 0.13), Math.min(34, height * 0.1)];
    const ratio = Math.max((right - left) / Math.max(40, width - 2 * aside), (bottom - top) / Math.max(40, height - 2 * above), 0.4);
    const middle = this.sigma.viewportToFramedGraph({ x: (left + right) / 2, y: (top + bottom) / 2 }, { cameraState: home });
    return { ...middle, ratio, angle: home.angle };
  }

  /** Those a hover lights up. */
  neighbours(/** @type {number} */ index) {
    const { network, seen } = this.state;
    return network.members[index].lines.filter((line) => seen.drawn[line]).map((line) => otherEnd(network.lines[line], index));
  }

  destroy() {
    cancelAnimationFrame(this.frame ?? 0);
    this.sigma.kill();
  }
}

const newGraph = () => new Graph({ type: "undirected", multi: false, allowSelfLoops: false });
