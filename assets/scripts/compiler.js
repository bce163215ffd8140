// Worker of boot.js. Compiles the program of the app: its millions of bytes go through this thread,
// and the page's own stays free for the person and for the rest of the engine.
"use strict";

addEventListener("message", async ({ data: { address, options } }) => {
  let program;
  try {
    program = await WebAssembly.compileStreaming(fetch(address), ...options);
  } catch {
    // The page tries itself, and says so when that fails too.
  }
  postMessage(program);
});
