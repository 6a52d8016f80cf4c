/** Kinds, shapes and colours (Okabe-Ito), for light and dark paper. */

export const KINDS = ["company", "knowledge_institution", "government", "intermediary", "other", "person", "collaboration"];

/** Index in the shader and in `shapePath`. */
export const SHAPES = {
  company: 0, // circle
  knowledge_institution: 1, // square
  government: 2, // diamond
  intermediary: 3, // triangle
  other: 4, // hexagon
  person: 5, // open circle
  collaboration: 6, // cross
};

const LIGHT = {
  company: "#0072B2",
  knowledge_institution: "#E69F00",
  government: "#009E73",
  intermediary: "#CC79A7",
  other: "#7A868B",
  person: "#3E5560",
  collaboration: "#56727D",
};
const DARK = {
  company: "#4FA8DC",
  knowledge_institution: "#F2B63C",
  government: "#35C497",
  intermediary: "#E09BC2",
  other: "#A3AEB3",
  person: "#C3D0D5",
  collaboration: "#92AAB4",
};

/** @returns {[number, number, number]} of #rgb, #rrggbb or rgb(...) */
export function parseColour(/** @type {string} */ text) {
  const value = text.trim();
  const hex = /^#([0-9a-f]{3,8})$/i.exec(value)?.[1];
  if (hex) {
    const wide = hex.length < 6 ? [...hex].map((digit) => digit + digit).join("") : hex;
    return [0, 2, 4].map((at) => parseInt(wide.slice(at, at + 2), 16));
  }
  const parts = value.match(/[\d.]+/g)?.map(Number);
  return parts && parts.length >= 3 ? [parts[0], parts[1], parts[2]] : null;
}

/** Six digits always: sigma misreads four-digit hex and alpha. */
export function toHex(/** @type {number[]} */ rgb) {
  return "#" + rgb.map((part) => Math.round(Math.min(255, Math.max(0, part))).toString(16).padStart(2, "0")).join("");
}

export function mix(/** @type {string} */ from, /** @type {string} */ to, /** @type {number} */ share) {
  const [a, b] = [parseColour(from), parseColour(to)];
  return toHex(a.map((part, i) => part + (b[i] - part) * share));
}

const luminance = (/** @type {string} */ colour) => {
  const [r, g, b] = parseColour(colour).map((part) => {
    const s = part / 255;
    return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/**
 * Colours from Streamlit's theme variables on the host element.
 * @param {Element} element
 * @param {boolean | null} forcedDark
 */
export function readPalette(element, forcedDark) {
  const style = getComputedStyle(element);
  const variable = (/** @type {string} */ name, /** @type {string} */ otherwise) => {
    const rgb = parseColour(style.getPropertyValue(name));
    return rgb ? toHex(rgb) : otherwise;
  };
  const themed = variable("--st-background-color", "#ffffff");
  const themeIsDark = luminance(themed) < 0.3;
  const dark = forcedDark ?? themeIsDark;
  const agrees = dark === themeIsDark;
  const paper = agrees ? themed : dark ? "#11191c" : "#ffffff";
  const ink = agrees ? variable("--st-text-color", dark ? "#e6ecee" : "#1d2b30") : dark ? "#e6ecee" : "#1d2b30";
  const primary = variable("--st-primary-color", "#0b5c6b");
  const accent = dark && luminance(primary) < 0.18 ? mix(primary, "#ffffff", 0.55) : primary;
  const fills = dark ? DARK : LIGHT;
  /** @type {Record<string, {fill: string, outline: string, faintFill: string, faintOutline: string}>} */
  const kinds = {};
  for (const kind of KINDS) {
    const outline = dark ? mix(fills[kind], "#ffffff", 0.3) : mix(fills[kind], "#0c1a20", 0.36);
    kinds[kind] = {
      fill: fills[kind],
      outline,
      faintFill: mix(fills[kind], paper, 0.8),
      faintOutline: mix(outline, paper, 0.78),
    };
  }
  return {
    dark,
    /** false: light asked for on a dark page, or the other way round */
    agrees,
    paper,
    ink,
    accent,
    kinds,
    line: dark ? mix(paper, "#9fb1b6", 0.42) : mix(paper, "#7f918e", 0.5),
    lineFaint: dark ? mix(paper, "#9fb1b6", 0.12) : mix(paper, "#8d9e9b", 0.14),
    lineStrong: mix(ink, paper, 0.38),
    label: mix(ink, paper, 0.08),
    labelFaint: mix(ink, paper, 0.55),
    font: style.getPropertyValue("--st-font").trim() || style.fontFamily || "sans-serif",
  };
}

/** The same shapes as in the shader, as an SVG path in a box of 16. */
export const SHAPE_PATHS = {
  company: "M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 1 0 0-11.6Z",
  knowledge_institution: "M3 3h10v10H3Z",
  government: "M8 1.2L14.8 8L8 14.8L1.2 8Z",
  intermediary: "M8 2L14.6 13.4H1.4Z",
  other: "M8 1.8L13.4 4.9V11.1L8 14.2L2.6 11.1V4.9Z",
  person: "M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 1 0 0-11.6ZM8 5a3 3 0 1 1 0 6a3 3 0 1 1 0-6Z",
  collaboration: "M6 2h4v4h4v4h-4v4H6v-4H2V6h4Z",
};
