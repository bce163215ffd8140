// Worker of boot.js. Compiles the program of the app: its millions of bytes go through this thread,
// and the page's own stays free for the person and for the rest of the engine.
"use strict";

addEventListener("message", async ({ data: { address, options } }) => {
  // What comes last is compiled while the line is free already.
  new PerformanceObserver((list) => {
    if (list.getEntriesByName(address).length > 0) {
      postMessage("fetched");
    }
  }).observe({ type: "resource" });
  let program;
  try {
    program = await WebAssembly.compileStreaming(fetch(address), ...options);
  } catch {
    // The page tries itself, and says so when that fails too.
  }
  postMessage(program);
});
