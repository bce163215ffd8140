// While somebody reads the start page and touches nothing, the engine starts once in a frame that
// nobody sees. What it needs is compiled then, and the app comes sooner after the login. Not on a
// small telephone.
"use strict";

(() => {
  const QUIET_MS = 3000;
  const LOOK_EVERY_MS = 500;
  const SMALL = { gigabytes: 2, cores: 1 };
  const TOUCHES = ["pointerdown", "keydown", "wheel", "scroll"];

  const over = new AbortController();
  let touchedAt = performance.now();
  let frame;

  function isSmall() {
    const { deviceMemory = Infinity, hardwareConcurrency } = navigator;
    return deviceMemory <= SMALL.gigabytes || hardwareConcurrency <= SMALL.cores;
  }

  function isFetched() {
    return [...document.querySelectorAll('link[rel="prefetch"]')]
      .every(({ href }) => performance.getEntriesByName(href).length > 0);
  }

  function isQuiet() {
    return !document.hidden && performance.now() - touchedAt > QUIET_MS;
  }

  // On the document itself: the body is another one after a change of language.
  function begin() {
    frame = document.createElement("iframe");
    Object.assign(frame, { src: "/rehearsal", inert: true, ariaHidden: "true", tabIndex: -1 });
    Object.assign(frame.style, {
      position: "fixed", inset: "0", width: "100%", height: "100%", border: "0",
      visibility: "hidden",
    });
    document.documentElement.append(frame);
  }

  // What the person does goes first.
  function stop() {
    touchedAt = performance.now();
    frame?.remove();
    frame = undefined;
  }

  // The service worker lives on when the person goes to log in, and with it what is compiled.
  async function end({ source }) {
    if (!frame || source !== frame.contentWindow) {
      return;
    }
    over.abort();
    frame.remove();
    try {
      await navigator.serviceWorker?.register("/service-worker.js");
    } catch {
      // A browser that forbids it goes without.
    }
  }

  if (isSmall()) {
    return;
  }
  const { signal } = over;
  for (const type of TOUCHES) {
    addEventListener(type, stop, { capture: true, passive: true, signal });
  }
  addEventListener("message", end, { signal });
  const timer = setInterval(() => {
    if (!frame && isFetched() && isQuiet()) {
      begin();
    }
  }, LOOK_EVERY_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
})();
