/** The picture as it stands, on paper of the theme's colour. */

/** @param {import("sigma").default} sigma @param {string} paper @returns {HTMLCanvasElement} */
export function picture(sigma, paper) {
  // The drawing buffers are only readable in the same task as the drawing.
  sigma.refresh();
  const layers = sigma.getCanvases();
  const { width, height } = layers.nodes;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  for (const name of ["edges", "nodes", "names"]) if (layers[name]) context.drawImage(layers[name], 0, 0);
  return canvas;
}

export function download(/** @type {HTMLCanvasElement} */ canvas, /** @type {string} */ name) {
  canvas.toBlob((blob) => {
    if (!blob) return;
    const url = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }, "image/png");
}
