/**
 * For tests, on the root element and nowhere else:
 * `data-state` empty, working, ready or failed (set by the view);
 * `data-nodes`, `data-ties`, `data-lines` as received (a line: all ties of two);
 * `data-shown`, `data-drawn` nodes and lines after filter and year;
 * `data-positions-hash` changes when any place changes by one bit;
 * `data-selected` (JSON list of ids), `data-focused` (id), `data-focused-at`
 * (client x,y of the focused mark); `data-names` how many names are written;
 * `data-year`; `data-updates` messages from Python so far.
 *
 * @param {HTMLElement} root
 * @param {any} state
 * @param {import("./drawing.js").Drawing | null} drawing
 * @param {{positionsHash: string, updates: number, stage: HTMLElement}} facts
 */
export function writeHooks(root, state, drawing, { positionsHash, updates, stage }) {
  const { network, seen } = state;
  const focused = state.focused >= 0 ? network.members[state.focused] : null;
  Object.assign(root.dataset, {
    nodes: network.members.length,
    ties: network.tieCount,
    lines: network.lines.length,
    shown: seen.shownCount,
    drawn: seen.drawnCount,
    positionsHash,
    selected: JSON.stringify([...state.selected]),
    focused: focused?.id ?? "",
    year: state.year ?? "",
    updates,
    names: drawing?.names.length ?? 0,
  });
  if (focused && drawing && 3 * state.focused < drawing.spots.length) {
    const box = stage.getBoundingClientRect();
    const { x, y } = drawing.at(state.focused);
    root.dataset.focusedAt = `${Math.round(box.left + x)},${Math.round(box.top + y)}`;
  } else delete root.dataset.focusedAt;
}
