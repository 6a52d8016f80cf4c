/**
 * Who or what is under the pointer, by arithmetic: no second drawing for
 * picking, no wait for the graphics card, and a thin line is easy to hit.
 */
const NEAR_MARK = 3;
const NEAR_LINE = 5;

/**
 * @param {number} x in the stage, pixels
 * @param {number} y
 * @param {Float32Array} spots x, y, radius of each mark; radius 0: not shown
 * @returns {number} index of the nearest mark, -1 for none
 */
export function markAt(x, y, spots) {
  let best = -1;
  let least = 1;
  for (let i = 0, at = 0; at < spots.length; i++, at += 3) {
    if (!spots[at + 2]) continue;
    const distance = Math.hypot(spots[at] - x, spots[at + 1] - y) / (spots[at + 2] + NEAR_MARK);
    if (distance <= least) [best, least] = [i, distance];
  }
  return best;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {Float32Array} spots as above
 * @param {import("./types.js").Line[]} lines
 * @param {Uint8Array} drawn which of them are shown
 * @returns {number} index of the nearest line, -1 for none
 */
export function lineAt(x, y, spots, lines, drawn) {
  let best = -1;
  let least = NEAR_LINE;
  for (const { index, source, target } of lines) {
    if (!drawn[index]) continue;
    const [x1, y1, x2, y2] = [spots[3 * source], spots[3 * source + 1], spots[3 * target], spots[3 * target + 1]];
    if (x < Math.min(x1, x2) - least || x > Math.max(x1, x2) + least) continue;
    if (y < Math.min(y1, y2) - least || y > Math.max(y1, y2) + least) continue;
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
    const distance = Math.hypot(x1 + along * dx - x, y1 + along * dy - y);
    if (distance <= least) [best, least] = [index, distance];
  }
  return best;
}
