/** The elements round the canvas, in the order in which they are read and tabbed through. */
import { ICONS, element, icon } from "./dom.js";
import styles from "./styles.css";

/**
 * @param {{search: HTMLElement, toolbar: HTMLElement, legend: HTMLElement, years: HTMLElement, tooltip: HTMLElement}} parts
 * @returns {Record<"root" | "stage" | "canvas" | "notice" | "chosen" | "chosenText" | "clear" | "live", any>}
 */
export function buildFrame({ search, toolbar, legend, years, tooltip }) {
  const canvas = element("div", { class: "canvas" });
  const notice = element("div", { class: "notice", hidden: "" });
  const chosenText = element("span");
  const clear = element("button", { type: "button", "data-action": "clear" }, [icon(ICONS.clear, { class: "stroke" })]);
  const chosen = element("div", { class: "chosen", hidden: "" }, [chosenText, clear]);
  const stage = element("div", { class: "stage", tabindex: "0", role: "application" }, [canvas, notice, tooltip]);
  const live = element("div", { class: "spoken", "aria-live": "polite" });
  const root = element("div", { class: "network" }, [
    element("style", {}, [styles]),
    element("div", { class: "bar" }, [search, toolbar]),
    element("div", { class: "stage-wrap" }, [stage, chosen]),
    element("div", { class: "bar" }, [legend, years]),
    live,
  ]);
  return { root, stage, canvas, notice, chosen, chosenText, clear, live };
}

/** Into full screen and back; where the browser does not allow it, over the page. */
export async function toggleFullScreen(/** @type {HTMLElement} */ root) {
  if (document.fullscreenElement) await document.exitFullscreen();
  else if (root.classList.contains("filling")) root.classList.remove("filling");
  else if (!root.requestFullscreen) root.classList.add("filling");
  else await root.requestFullscreen().catch(() => root.classList.add("filling"));
}
