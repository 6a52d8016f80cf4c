/**
 * ForceAtlas2 with a fixed number of steps (so the same network always gives
 * the same places), then turned to lie along its longest side, scaled to a
 * frame and pushed apart until marks no longer cover each other.
 */
import iterate from "graphology-layout-forceatlas2/iterate.js";

const FRAME = 1000;
/** Pixels that the frame will measure on an ordinary screen. */
const SCREEN = 900;
/** Width by height that the view usually has. */
const SHAPE = 1.75;

self.onmessage = (event) => self.postMessage(layOut(event.data));

/** @param {{x: Float64Array, y: Float64Array, radius: Float64Array, edges: number[][]}} job */
function layOut({ x, y, radius, edges }) {
  const count = x.length;
  const nodes = new Float32Array(count * 10);
  for (let i = 0; i < count; i++) nodes.set([x[i], y[i], 0, 0, 0, 0, 1, 1, 1, 0], i * 10);
  const matrix = new Float32Array(edges.length * 3);
  edges.forEach(([a, b, weight], i) => {
    const pull = 1 + Math.log1p(weight);
    matrix.set([a * 10, b * 10, pull], i * 3);
    nodes[a * 10 + 6] += 1;
    nodes[b * 10 + 6] += 1;
  });
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 10,
    strongGravityMode: true,
    gravity: 0.05,
    slowDown: 1 + Math.log(Math.max(2, count)) / 2,
    barnesHutOptimize: count > 400,
    barnesHutTheta: count > 3000 ? 0.9 : 0.6,
  };
  const steps = Math.round(Math.min(500, Math.max(60, 400000 / Math.max(1, count))));
  for (let i = 0; i < steps; i++) iterate(settings, nodes, matrix);
  for (let i = 0; i < count; i++) [x[i], y[i]] = [nodes[i * 10], nodes[i * 10 + 1]];
  lieDown(x, y);
  widen(x, y);
  frame(x, y);
  spreadOut(x, y, radius);
  frame(x, y);
  const result = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) [result[2 * i], result[2 * i + 1]] = [x[i], y[i]];
  return result;
}

/** Screens are wide: turn the longest axis to the horizontal. */
function lieDown(/** @type {Float64Array} */ x, /** @type {Float64Array} */ y) {
  const count = x.length;
  const mean = (/** @type {Float64Array} */ v) => v.reduce((a, b) => a + b, 0) / (count || 1);
  const [mx, my] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [dx, dy] = [x[i] - mx, y[i] - my];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const turn = -0.5 * Math.atan2(2 * xy, xx - yy);
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  for (let i = 0; i < count; i++) {
    const [dx, dy] = [x[i] - mx, y[i] - my];
    x[i] = dx * c - dy * s;
    y[i] = dx * s + dy * c;
  }
}

/** A round cloud leaves the sides of a wide view empty: stretch it, by no more than keeps its form. */
function widen(/** @type {Float64Array} */ x, /** @type {Float64Array} */ y) {
  const extent = (/** @type {Float64Array} */ v) => v.reduce((a, b) => Math.max(a, b), -Infinity) - v.reduce((a, b) => Math.min(a, b), Infinity);
  const factor = Math.min(1.6, (SHAPE * extent(y)) / (extent(x) || 1));
  if (factor > 1) for (let i = 0; i < x.length; i++) x[i] *= factor;
}

/** Longest side FRAME wide, middle at zero. */
function frame(/** @type {Float64Array} */ x, /** @type {Float64Array} */ y) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    left = Math.min(left, x[i]);
    right = Math.max(right, x[i]);
    top = Math.min(top, y[i]);
    bottom = Math.max(bottom, y[i]);
  }
  const scale = FRAME / (Math.max(right - left, bottom - top) || 1);
  for (let i = 0; i < x.length; i++) {
    x[i] = (x[i] - (left + right) / 2) * scale;
    y[i] = (y[i] - (top + bottom) / 2) * scale;
  }
}

/** A few rounds of pushing apart whoever stands too close. */
function spreadOut(/** @type {Float64Array} */ x, /** @type {Float64Array} */ y, /** @type {Float64Array} */ radius) {
  const unit = FRAME / SCREEN;
  const gap = 3;
  let cell = 0;
  for (const r of radius) cell = Math.max(cell, (2 * r + gap) * unit);
  for (let round = 0; round < 40; round++) {
    const cells = new Map();
    for (let i = 0; i < x.length; i++) {
      const at = Math.floor(x[i] / cell) * 65536 + Math.floor(y[i] / cell);
      const there = cells.get(at);
      if (there) there.push(i);
      else cells.set(at, [i]);
    }
    let moved = false;
    for (let i = 0; i < x.length; i++) {
      const [column, row] = [Math.floor(x[i] / cell), Math.floor(y[i] / cell)];
      for (let c = column - 1; c <= column + 1; c++) {
        for (let r = row - 1; r <= row + 1; r++) {
          for (const j of cells.get(c * 65536 + r) ?? []) {
            if (j <= i) continue;
            let [dx, dy] = [x[j] - x[i], y[j] - y[i]];
            const wanted = (radius[i] + radius[j] + gap) * unit;
            let distance = Math.hypot(dx, dy);
            if (distance >= wanted) continue;
            if (distance < 1e-6) [dx, dy, distance] = [Math.cos(i), Math.sin(i), 1];
            const push = ((wanted - distance) / distance) * 0.25;
            x[i] -= dx * push;
            y[i] -= dy * push;
            x[j] += dx * push;
            y[j] += dy * push;
            moved = true;
          }
        }
      }
    }
    if (!moved) return;
  }
}
