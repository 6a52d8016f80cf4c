/**
 * What outlives a visit to another page: places, camera, filter, year, choice.
 * By the key of the component, for as long as the browser tab.
 *
 * @typedef {object} Memory
 * @property {Map<string, import("./types.js").Point>} places by id
 * @property {{x: [number, number], y: [number, number]} | null} box the frame, fixed at the first layout
 * @property {{x: number, y: number, ratio: number, angle: number} | null} camera
 * @property {Set<string>} selected
 * @property {Set<string>} hiddenKinds
 * @property {number | null} year
 * @property {number} version of the selection that Python imposed last
 * @property {string | null} focus that Python asked for last
 */

/** @type {Map<string, Memory>} */
const memories = new Map();

/** @returns {Memory} */
export function remember(/** @type {string} */ key) {
  let memory = memories.get(key);
  if (!memory) {
    memory = { places: new Map(), box: null, camera: null, selected: new Set(), hiddenKinds: new Set(), year: null, version: 0, focus: null };
    memories.set(key, memory);
  }
  return memory;
}
