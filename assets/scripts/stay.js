// Watches the login on the page itself, while the app is not there to do it: tapping and typing keep
// it alive, asking does not, and five minutes before it ends the page says so. Tells, too, when the
// app will not come. Part of the signed-in page; reads its texts from the JSON block "boot".
"use strict";

(() => {
  const { texts } = JSON.parse(document.getElementById("boot").textContent);
  const SESSION = "/auth/session";
  const WARN_MS = 5 * 60_000; // as portal/web/logins.py
  const ASK_AT_MOST_EVERY_MS = 15_000;
  const STAY_AT_MOST_EVERY_MS = 60_000;
  const ASK_AT_LEAST_EVERY_MS = 30 * 60_000;

  const waiting = document.getElementById("waiting");
  const note = document.getElementById("ending");
  const button = note.querySelector("button");
  let timer;
  let stayedAt = Date.now();

  const appIsThere = () => waiting.hidden; // and says all this itself

  function show(endsAt) {
    const time = new Intl.DateTimeFormat(document.documentElement.lang, {
      hour: "2-digit", minute: "2-digit", timeZone: "Europe/Copenhagen",
    }).format(endsAt);
    note.querySelector("p").textContent = texts.ending.replace("{time}", time);
    note.hidden = false;
  }

  function leave() {
    const start = new URL("/", location.origin);
    start.searchParams.set("reason", "expired");
    start.searchParams.set("next", location.pathname + location.search);
    location.replace(start);
  }

  // The server's clock decides, as a phone's may be wrong.
  function look(answer, session) {
    const now = Date.parse(answer.headers.get("date")) || Date.now();
    const ends = Date.parse(session.idle_expires_at);
    const left = ends - now;
    button.hidden = session.idle_expires_at === session.expires_at; // nothing makes it longer
    if (left > WARN_MS || appIsThere()) {
      note.hidden = true;
    } else {
      show(ends);
    }
    return left > WARN_MS ? left - WARN_MS : left;
  }

  async function ask(method) {
    clearTimeout(timer);
    let next = ASK_AT_LEAST_EVERY_MS;
    try {
      const answer = await fetch(SESSION, { method, cache: "no-store" });
      if (answer.status === 401) {
        leave();
        return;
      }
      if (answer.ok) {
        next = look(answer, await answer.json());
      }
    } catch {
      next = STAY_AT_MOST_EVERY_MS; // no answer: other words say so
    }
    const wait = Math.min(Math.max(next, ASK_AT_MOST_EVERY_MS), ASK_AT_LEAST_EVERY_MS);
    timer = setTimeout(() => ask("GET"), wait);
  }

  function stay() {
    stayedAt = Date.now();
    ask("POST");
  }

  function stayBecauseOfWhatIsDone() {
    if (!appIsThere() && Date.now() - stayedAt > STAY_AT_MOST_EVERY_MS) {
      stay();
    }
  }

  // The page says that the rest is on its way. That is boot.js, which may be lost on a bad line.
  function tellWhenNothingMoreComes() {
    if (!window.isBooting) {
      waiting.querySelector('[role="status"]').textContent = texts.unreachable;
      waiting.dataset.alone = ""; // as in boot.js
    }
  }

  addEventListener("load", tellWhenNothingMoreComes);
  button.addEventListener("click", stay);
  addEventListener("pointerdown", stayBecauseOfWhatIsDone, { passive: true });
  addEventListener("keydown", stayBecauseOfWhatIsDone, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      ask("GET");
    }
  });
  ask("GET");
})();
