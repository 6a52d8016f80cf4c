/**
 * Where everybody stands. Known places are never touched; a whole new network
 * is laid out by ForceAtlas2 in a worker; newcomers stand beside a neighbour.
 * Same network, same places: nothing here depends on order, time or chance.
 */
import { runForces } from "./forces.js";

/** With more newcomers than this for each who was there, the old places no longer make a map. */
const OUTGROWN = 3;

/** FNV-1a with a final mix, in [0, 1): the only source of "randomness". */
export function hashUnit(/** @type {string} */ text, salt = 0) {
  let hash = 2166136261 ^ salt;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2246822519);
  hash ^= hash >>> 13;
  return (hash >>> 0) / 4294967296;
}

/**
 * @param {import("./types.js").Network} network
 * @param {Map<string, import("./types.js").Point>} known by id; newcomers are added to it
 * @param {Float64Array | null} given x, y pairs from Python, NaN where missing
 * @returns {Promise<boolean>} true when everybody got a new place
 */
export async function settle(network, known, given) {
  const { members } = network;
  if (given) {
    members.forEach((member, i) => {
      if (!Number.isNaN(given[2 * i]) && !Number.isNaN(given[2 * i + 1])) known.set(member.id, { x: given[2 * i], y: given[2 * i + 1] });
    });
  }
  const placed = members.filter((member) => known.has(member.id)).length;
  if (placed === members.length) return false;
  if (placed > 0 && (given || members.length - placed <= OUTGROWN * placed)) {
    placeNewcomers(network, known);
    return false;
  }
  const places = await runForces(network, seed(network));
  const old = members.map((member) => known.get(member.id) ?? null);
  turnLike(places, old);
  known.clear();
  members.forEach((member, i) => known.set(member.id, { x: places[2 * i], y: places[2 * i + 1] }));
  return true;
}

/** Turned and mirrored so that those who were there stand about where they stood. */
function turnLike(/** @type {Float64Array} */ places, /** @type {(import("./types.js").Point | null)[]} */ old) {
  const pairs = [];
  old.forEach((point, i) => point && pairs.push([places[2 * i], places[2 * i + 1], point.x, point.y]));
  if (pairs.length < 2) return;
  const mean = (/** @type {number} */ at) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  const [mx, my, ox, oy] = [mean(0), mean(1), mean(2), mean(3)];
  let best = { fit: -Infinity, turn: 0, mirror: 1 };
  for (const mirror of [1, -1]) {
    let [along, across] = [0, 0];
    for (const [x, y, px, py] of pairs) {
      const [dx, dy] = [x - mx, (y - my) * mirror];
      along += dx * (px - ox) + dy * (py - oy);
      across += dx * (py - oy) - dy * (px - ox);
    }
    const fit = Math.hypot(along, across);
    if (fit > best.fit) best = { fit, turn: Math.atan2(across, along), mirror };
  }
  const [c, s] = [Math.cos(best.turn), Math.sin(best.turn)];
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i], places[i + 1] * best.mirror];
    places[i] = x * c - y * s;
    places[i + 1] = x * s + y * c;
  }
}

/** Start on a disc, at a place that follows from the id alone. */
function seed(/** @type {import("./types.js").Network} */ network) {
  const spread = 10 * Math.sqrt(network.members.length);
  const start = new Float64Array(network.members.length * 2);
  network.members.forEach((member, i) => {
    const angle = 2 * Math.PI * hashUnit(member.id, 1);
    const distance = spread * Math.sqrt(hashUnit(member.id, 2));
    start[2 * i] = Math.cos(angle) * distance;
    start[2 * i + 1] = Math.sin(angle) * distance;
  });
  return start;
}

/** Nearest occupied place, by cells of one step. */
class Crowd {
  constructor(/** @type {number} */ step) {
    this.step = step;
    /** @type {Map<string, import("./types.js").Point[]>} */
    this.cells = new Map();
  }

  add(/** @type {import("./types.js").Point} */ point) {
    const cell = `${Math.floor(point.x / this.step)},${Math.floor(point.y / this.step)}`;
    const there = this.cells.get(cell);
    if (there) there.push(point);
    else this.cells.set(cell, [point]);
  }

  /** Distance to the nearest, no further than one step. */
  room(/** @type {number} */ x, /** @type {number} */ y) {
    let nearest = this.step;
    const [column, row] = [Math.floor(x / this.step), Math.floor(y / this.step)];
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        for (const other of this.cells.get(`${c},${r}`) ?? []) nearest = Math.min(nearest, Math.hypot(other.x - x, other.y - y));
      }
    }
    return nearest;
  }
}

/** @param {import("./types.js").Network} network */
function placeNewcomers(network, known) {
  const { members, lines } = network;
  const points = members.filter((member) => known.has(member.id)).map((member) => known.get(member.id));
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [left, right] = [min(xs), max(xs)];
  const [top, bottom] = [min(ys), max(ys)];
  const span = Math.max(right - left, bottom - top) || 1;
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const step = Math.max(span / (2.6 * Math.sqrt(members.length)), span / 60);
  const crowd = new Crowd(step);
  points.forEach((point) => crowd.add(point));
  const partnersOf = (/** @type {number} */ index) =>
    members[index].lines.map((line) => (lines[line].source === index ? lines[line].target : lines[line].source));

  const waiting = members.filter((member) => !known.has(member.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  let round = waiting;
  while (round.length) {
    const later = [];
    const settled = [];
    for (const member of round) {
      const places = partnersOf(member.index).map((index) => known.get(members[index].id)).filter(Boolean);
      if (places.length) settled.push([member, bestSpot(member.id, places, middle, step, crowd)]);
      else later.push(member);
      if (settled.length && settled[settled.length - 1][0] === member) crowd.add(settled[settled.length - 1][1]);
    }
    for (const [member, point] of settled) known.set(member.id, point);
    if (!settled.length) {
      // Nobody known to stand beside: along the rim, the one after the other.
      const stranger = later.shift();
      const angle = 2 * Math.PI * hashUnit(stranger.id, 3);
      let reach = span * 0.56;
      while (crowd.room(middle.x + Math.cos(angle) * reach, middle.y + Math.sin(angle) * reach) < step * 0.6) reach += step * 0.5;
      const point = { x: middle.x + Math.cos(angle) * reach, y: middle.y + Math.sin(angle) * reach };
      known.set(stranger.id, point);
      crowd.add(point);
    }
    round = later;
  }
}

/** The roomiest of some spots around the partners, the outward side first. */
function bestSpot(id, places, middle, step, crowd) {
  const x = places.reduce((sum, place) => sum + place.x, 0) / places.length;
  const y = places.reduce((sum, place) => sum + place.y, 0) / places.length;
  const outward = Math.atan2(y - middle.y, x - middle.x) + (hashUnit(id, 4) - 0.5) * 0.4;
  let best = null;
  let bestRoom = -1;
  for (let ring = 0; ring < 5; ring++) {
    const reach = step * (places.length > 1 ? ring * 0.6 : 0.8 + ring * 0.6);
    for (let turn = 0; turn < (reach ? 12 : 1); turn++) {
      const angle = outward + (turn % 2 ? 1 : -1) * Math.ceil(turn / 2) * (Math.PI / 6);
      const spot = { x: x + Math.cos(angle) * reach, y: y + Math.sin(angle) * reach };
      const room = crowd.room(spot.x, spot.y);
      if (room > bestRoom + 1e-9) [best, bestRoom] = [spot, room];
    }
    if (bestRoom > step * 0.7) break;
  }
  return best;
}

const min = (/** @type {number[]} */ values) => values.reduce((a, b) => Math.min(a, b), Infinity);
const max = (/** @type {number[]} */ values) => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** Changes when any place changes by one bit. */
export function hashPlaces(/** @type {import("./types.js").Member[]} */ members, /** @type {Map<string, import("./types.js").Point>} */ known) {
  let [low, high] = [2166136261, 0x9747b28c];
  const number = new Float64Array(2);
  const bits = new Uint32Array(number.buffer);
  for (const member of [...members].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const point = known.get(member.id);
    if (!point) continue;
    number[0] = point.x;
    number[1] = point.y;
    for (const word of bits) {
      low = Math.imul(low ^ word, 16777619);
      high = Math.imul(high ^ (word >>> 7) ^ (word << 3), 2246822519);
    }
  }
  return (low >>> 0).toString(16).padStart(8, "0") + (high >>> 0).toString(16).padStart(8, "0");
}

/** The frame of all places; kept, so that newcomers do not shift it. @returns {{x: [number, number], y: [number, number]} | null} */
export function boxOf(/** @type {import("./types.js").Member[]} */ members, /** @type {Map<string, import("./types.js").Point>} */ known) {
  if (!members.length) return null;
  const xs = members.map(({ id }) => known.get(id).x);
  const ys = members.map(({ id }) => known.get(id).y);
  const pad = min(xs) === max(xs) && min(ys) === max(ys) ? 1 : 0;
  return { x: [min(xs) - pad, max(xs) + pad], y: [min(ys) - pad, max(ys) + pad] };
}
