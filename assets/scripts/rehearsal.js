// Starts the engine for nobody (see rehearse.js): as far as it comes without a line to the server.
/* global startEngine */
"use strict";

(() => {
  window.WebSocket = class extends EventTarget {
    readyState = 0; // connecting, for ever

    send() {}

    close() {}
  };
  // Where the person is, and the way back from there, stay the start page's.
  HTMLElement.prototype.focus = () => {};
  history.pushState = () => {};
  history.replaceState = () => {};
  addEventListener("flutter-first-frame", () => {
    parent.postMessage("rehearsed", location.origin);
  }, { once: true });
  startEngine(JSON.parse(document.getElementById("boot").textContent), "/ws");
})();
