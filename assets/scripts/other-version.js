// What a page gets for its boot script from a server of another version: half of it is gone, so it
// comes once more as a whole. Not again and again: a server that is being replaced answers now so,
// now so.
"use strict";

(() => {
  window.isBooting = true; // for stay.js
  const RELOADED_AT = "enplan-reloaded-at"; // as in boot.js
  const RELOAD_AT_MOST_EVERY_MS = 5 * 60_000;

  function stayReadable() {
    const { texts } = JSON.parse(document.getElementById("boot").textContent);
    document.querySelector('#waiting [role="status"]').textContent = texts.unreachable;
  }

  try {
    if (Date.now() - sessionStorage.getItem(RELOADED_AT) < RELOAD_AT_MOST_EVERY_MS) {
      stayReadable();
    } else {
      sessionStorage.setItem(RELOADED_AT, Date.now());
      location.reload();
    }
  } catch {
    stayReadable(); // a browser that keeps nothing would do it for ever
  }
})();
