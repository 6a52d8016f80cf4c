/** Walking the network with the arrow keys. */

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLElement} stage
 * @param {Record<"zoomIn" | "zoomOut" | "fit" | "clear", () => void> & {
 *   choose: (more: boolean) => void, expand: () => void, walk: (direction: [number, number]) => void}} actions
 */
export function listenToKeys(stage, actions) {
  stage.addEventListener("keydown", (event) => {
    if (event.target !== stage || event.altKey || event.metaKey || (event.ctrlKey && event.key !== "Enter")) return;
    const arrow = ARROWS[event.key];
    if (arrow) actions.walk(arrow);
    else if (event.key === "Enter") actions.choose(event.ctrlKey || event.shiftKey);
    else if (event.key === " ") actions.choose(true);
    else if (event.key === "e" || event.key === "E") actions.expand();
    else if (event.key === "+" || event.key === "=") actions.zoomIn();
    else if (event.key === "-") actions.zoomOut();
    else if (event.key === "f" || event.key === "F") actions.fit();
    else if (event.key === "Escape") actions.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/**
 * The partner that lies best in a direction; without one, anybody there.
 * @param {{x: number, y: number}} from
 * @param {[number, number]} direction
 * @param {{index: number, x: number, y: number}[]} partners
 * @param {() => {index: number, x: number, y: number}[]} others
 */
export function nextInDirection(from, direction, partners, others) {
  for (const candidates of [() => partners, others]) {
    let best = -1;
    let least = Infinity;
    for (const { index, x, y } of candidates()) {
      const [dx, dy] = [x - from.x, y - from.y];
      const distance = Math.hypot(dx, dy);
      if (distance < 0.5) continue;
      const along = (dx * direction[0] + dy * direction[1]) / distance;
      if (along < 0.5) continue;
      const cost = distance * (2.2 - along);
      if (cost < least) [best, least] = [index, cost];
    }
    if (best >= 0) return best;
  }
  return -1;
}
