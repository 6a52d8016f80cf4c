/** Looking elsewhere: the places stay, the camera goes. */

export class Camera {
  /** @param {import("./drawing.js").Drawing} drawing @param {boolean} still no motion */
  constructor(drawing, still) {
    this.drawing = drawing;
    this.still = still;
    this.camera = drawing.sigma.getCamera();
    this.fitted = "";
  }

  move(/** @type {object} */ to) {
    if (this.still) this.camera.setState(to);
    else this.camera.animate(to, { duration: 260, easing: "quadraticInOut" });
  }

  zoom(/** @type {number} */ factor) {
    this.move({ ratio: this.camera.getBoundedRatio(this.camera.getState().ratio * factor) });
  }

  fit(/** @type {number[]} */ indexes) {
    this.move(this.drawing.cameraFor(indexes));
  }

  /** At once, as at the start. */
  fitNow(/** @type {number[]} */ indexes) {
    this.camera.setState(this.drawing.cameraFor(indexes));
    this.fitted = JSON.stringify(this.camera.getState());
  }

  /** Nobody has moved since. */
  get untouched() {
    return this.fitted === JSON.stringify(this.camera.getState());
  }

  bringIntoView(/** @type {number} */ index) {
    const { width, height } = this.drawing.sigma.getDimensions();
    const { x, y } = this.drawing.at(index);
    if (x > 60 && y > 40 && x < width - 60 && y < height - 40) return;
    this.move(this.drawing.framedAt(index));
  }
}
