// Worker of boot.js. Draws a point that nobody sees: that wakes the driver of the screen while the
// engine is still on its way, for the engine's first picture would wait for it.
"use strict";

const VERTEX = `#version 300 es
void main() { gl_Position = vec4(0); gl_PointSize = 1.0; }`;
const FRAGMENT = `#version 300 es
precision mediump float;
out vec4 colour;
void main() { colour = vec4(1); }`;

function shader(gl, kind, source) {
  const made = gl.createShader(kind);
  gl.shaderSource(made, source);
  gl.compileShader(made);
  return made;
}

function drawPoint() {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext("webgl2", { depth: true, stencil: true, antialias: false });
  const program = gl.createProgram();
  gl.attachShader(program, shader(gl, gl.VERTEX_SHADER, VERTEX));
  gl.attachShader(program, shader(gl, gl.FRAGMENT_SHADER, FRAGMENT));
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.drawArrays(gl.POINTS, 0, 1);
  canvas.transferToImageBitmap().close();
}

try {
  drawPoint();
} catch {
  // A browser that has no such canvas wakes its driver later.
}
postMessage("awake");
