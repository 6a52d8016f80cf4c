/** Ties as straight lines of any thickness, smooth at the edges, in one draw call that is not instanced. */
import { EdgeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const VERTEX = `
attribute vec4 a_color;
attribute vec2 a_position;
attribute vec2 a_normal;
attribute float a_thickness;
attribute float a_side;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying float v_across;
varying float v_half;
void main() {
  float middle = max(a_thickness / u_sizeRatio, 0.3) * 0.5;
  float reach = middle + 0.75;
  vec2 position = a_position + a_normal * a_side * reach * 2.0 * u_correctionRatio;
  gl_Position = vec4((u_matrix * vec3(position, 1)).xy, 0, 1);
  v_color = a_color;
  v_across = a_side * reach;
  v_half = middle;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying float v_across;
varying float v_half;
uniform float u_pixelRatio;
void main(void) {
  // Thinner than a pixel: fainter, not broken.
  float alpha = clamp((max(v_half, 0.5 / u_pixelRatio) - abs(v_across)) * u_pixelRatio + 0.5, 0.0, 1.0);
  alpha *= min(1.0, v_half * 2.0 * u_pixelRatio);
  gl_FragColor = vec4(v_color.rgb * alpha, alpha);
}`;

const FLOAT = 0x1406;
const UNSIGNED_BYTE = 0x1401;
const TRIANGLES = 0x0004;
/** Two triangles: at the source or the target, to one side or the other. */
const CORNERS = [[0, 1], [1, 1], [0, -1], [0, -1], [1, 1], [1, -1]];

export class LineProgram extends EdgeProgram {
  constructor(gl, _pickingBuffer, renderer) {
    super(gl, null, renderer); // what is under the pointer is worked out in pick.js
  }

  getDefinition() {
    return {
      VERTICES: CORNERS.length,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix", "u_pixelRatio"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_normal", size: 2, type: FLOAT },
        { name: "a_thickness", size: 1, type: FLOAT },
        { name: "a_side", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  processVisibleItem(_edgeIndex, start, source, target, data) {
    const { array } = this;
    const [dx, dy] = [target.x - source.x, target.y - source.y];
    const length = Math.hypot(dx, dy) || 1;
    const color = floatColor(data.color);
    for (const [end, side] of CORNERS) {
      array[start++] = end ? target.x : source.x;
      array[start++] = end ? target.y : source.y;
      array[start++] = -dy / length;
      array[start++] = dx / length;
      array[start++] = data.size;
      array[start++] = side;
      array[start++] = color;
    }
  }

  setUniforms(params, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_correctionRatio, params.correctionRatio);
    gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
    gl.uniform1f(uniformLocations.u_pixelRatio, params.pixelRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
  }
}
