/**
 * All kinds in one draw call: the shape is a distance function in the shader,
 * with a darker outline, a gap of paper colour and, when chosen, a ring.
 * Not instanced: software renderers pay for every instance (measured: at 2,000
 * marks and 4,100 lines a frame took 190 ms instanced, 3 vertices an instance).
 */
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const VERTEX = `
attribute vec4 a_color;
attribute vec4 a_outline;
attribute vec4 a_ring;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_outline;
varying vec4 v_ring;
varying vec2 v_offset;
varying float v_radius;
varying float v_shape;
void main() {
  float radius = a_size / u_sizeRatio;
  // No larger than it must be: every pixel of the triangle is paid for.
  float reach = (radius * 1.28 + (a_ring.a > 0.5 ? 6.5 : 2.2)) * 2.0;
  vec2 offset = reach * vec2(cos(a_angle), sin(a_angle));
  vec2 position = a_position + offset * u_correctionRatio * 2.0;
  gl_Position = vec4((u_matrix * vec3(position, 1)).xy, 0, 1);
  v_offset = offset;
  v_radius = radius;
  v_shape = a_shape;
  v_color = a_color;
  v_outline = a_outline;
  v_ring = a_ring;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec4 v_outline;
varying vec4 v_ring;
varying vec2 v_offset;
varying float v_radius;
varying float v_shape;
uniform vec3 u_paper;
uniform float u_upright;
float polygon(vec2 p, float sides, float apothem, float turn) {
  float slice = 6.2831853 / sides;
  float angle = mod(atan(p.x, p.y) + turn + slice * 0.5, slice) - slice * 0.5;
  return length(p) * cos(angle) - apothem;
}
float cross2(vec2 p, float r) {
  vec2 q = abs(p);
  if (q.y > q.x) q = q.yx;
  vec2 d = q - vec2(r * 1.05, r * 0.42);
  return max(d.x, d.y);
}
float shape(vec2 p, float r) {
  if (v_shape < 0.5) return length(p) - r;
  if (v_shape < 1.5) return max(abs(p.x), abs(p.y)) - r * 0.89;
  if (v_shape < 2.5) return (abs(p.x) + abs(p.y)) * 0.70711 - r * 0.88;
  if (v_shape < 3.5) return polygon(vec2(p.x, p.y + r * 0.16), 3.0, r * 0.68, 3.1415927);
  if (v_shape < 4.5) return polygon(p, 6.0, r * 0.93, 0.5235988);
  if (v_shape < 5.5) return length(p) - r;
  return cross2(p, r);
}
void main(void) {
  float c = cos(u_upright);
  float s = sin(u_upright);
  float d = shape(mat2(c, s, -s, c) * v_offset, v_radius);
  float ringed = v_ring.a;
  float outlineWidth = clamp(v_radius * 0.16, 0.6, 1.4);
  vec3 inside = v_color.rgb;
  if (v_shape > 4.5 && v_shape < 5.5) inside = mix(inside, u_paper, smoothstep(0.5, -0.5, d + v_radius * 0.42));
  vec3 body = mix(v_outline.rgb, inside, smoothstep(0.5, -0.5, d + outlineWidth));
  float gap = ringed > 0.5 ? 2.2 : 1.1;
  float ringEnd = gap + 3.0 * ringed;
  vec3 colour = mix(u_paper, body, smoothstep(0.6, -0.6, d));
  colour = mix(colour, v_ring.rgb, ringed * smoothstep(-0.6, 0.6, d - gap));
  float alpha = smoothstep(0.6, -0.6, d - ringEnd);
  gl_FragColor = vec4(colour * alpha, alpha);
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = { FLOAT: 0x1406, UNSIGNED_BYTE: 0x1401, TRIANGLES: 0x0004 };
const CORNERS = [0, (2 * Math.PI) / 3, (4 * Math.PI) / 3];
const colour = (/** @type {string} */ name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });

/** @param {() => [number, number, number]} paper current background, parts 0 to 1 */
export function createNodeProgram(paper) {
  return class extends NodeProgram {
    constructor(gl, _pickingBuffer, renderer) {
      super(gl, null, renderer); // who is under the pointer is worked out in pick.js
    }

    getDefinition() {
      return {
        VERTICES: 3,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLES,
        UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix", "u_paper", "u_upright"],
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_shape", size: 1, type: FLOAT },
          colour("a_color"),
          colour("a_outline"),
          colour("a_ring"),
          { name: "a_angle", size: 1, type: FLOAT },
        ],
      };
    }

    processVisibleItem(_nodeIndex, start, data) {
      const { array } = this;
      const [fill, outline, ring] = [floatColor(data.color), floatColor(data.outline), data.ring ? floatColor(data.ring) : 0];
      for (const angle of CORNERS) {
        array[start++] = data.x;
        array[start++] = data.y;
        array[start++] = data.size;
        array[start++] = data.shape;
        array[start++] = fill;
        array[start++] = outline;
        array[start++] = ring;
        array[start++] = angle;
      }
    }

    setUniforms(params, { gl, uniformLocations }) {
      gl.uniform1f(uniformLocations.u_correctionRatio, params.correctionRatio);
      gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      // However the camera turns, a square stands on its side.
      gl.uniform1f(uniformLocations.u_upright, -params.cameraAngle);
      gl.uniform3fv(uniformLocations.u_paper, paper());
    }
  };
}
