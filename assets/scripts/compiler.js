// Worker of boot.js. Compiles the program of the app: its millions of bytes go through this thread,
// and the page's own stays free for the person and for the rest of the engine.
"use strict";

// Dart's texts are imports of a module without a name, and the text is the import's own name. An
// engine that is told so makes all 39,000 itself; one that does not know it asks for each.
const OF_TEXTS = { importedStringConstants: "" };

addEventListener("message", async ({ data: { address, options } }) => {
  // What comes last is compiled while the line is free already.
  new PerformanceObserver((list) => {
    if (list.getEntriesByName(address).length > 0) {
      postMessage("fetched");
    }
  }).observe({ type: "resource" });
  let program;
  try {
    program = await WebAssembly.compileStreaming(fetch(address), { ...options, ...OF_TEXTS });
  } catch {
    // The page tries itself, and says so when that fails too.
  }
  postMessage(program);
});
