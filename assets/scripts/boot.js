// Starts the app and mends what Flutter leaves open: semantics for screen readers, zoom, words when
// the line is gone, and the way out when the login has ended. Part of the signed-in page; reads its
// settings from the JSON block "boot".
/* global startEngine */
"use strict";

(() => {
  window.isBooting = true; // for stay.js
  const settings = JSON.parse(document.getElementById("boot").textContent);
  const LOGIN_OVER = 4401; // close code of portal/web/socket.py
  const SOCKET = "/ws";
  const OPEN = 1; // WebSocket.OPEN, also where a browser has another kind of socket
  const REDRAW_MS = 300;
  const DRAWN_AT_LATEST_MS = 15000;
  const SETTLE_FRAMES = 2;
  const HELD_AT_MOST_MS = 400;
  const BYTES_OF_A_SCREEN = 4096; // what the server says before is shorter
  const NO_FRAME = 0; // to cancel it does nothing
  const QUICK_MS = 300;
  const QUICK_TRIES = 20;
  const SLOW_MS = 3000;
  const FOCUSABLE = 'input, textarea, [tabindex="0"]';
  const NAME = "flt-semantics-identifier";
  const CALLED = "keyboard"; // views/components/fields.py
  const TITLES = "h2, h3, li > p:first-child";
  const LANDMARKS = { top: "banner", menu: "navigation", page: "main" }; // views/frame.py
  const RELOADED_AT = "enplan-reloaded-at"; // as in other-version.js
  const RELOAD_AT_MOST_EVERY_MS = 5 * 60_000;
  const VERSION_AT_LATEST_MS = 3000;

  function goToStart(reason) {
    const start = new URL("/", location.origin);
    start.searchParams.set("reason", reason);
    start.searchParams.set("next", location.pathname + location.search);
    location.replace(start);
  }

  // ---- the page that can be read, over Flutter until that shows the same and more

  const line = document.getElementById("line");
  const skip = document.getElementById("skip");
  const waiting = document.getElementById("waiting");
  const state = waiting.querySelector('[role="status"]');
  const nextFrame = requestAnimationFrame.bind(window);
  let stopLooking = () => {};
  let drawEverything = () => {};
  let lostBefore = false;
  let keptEngine = false;
  let landedOn;
  const toldLater = new WeakSet();
  const fetchedBeside = []; // by a worker, so that the page's own list lacks it

  // It is there all the time, and empty: what comes into it is read out, what comes with it is not
  // by every screen reader.
  function showLine(text) {
    line.textContent = text;
  }

  function say(text) {
    if (state.textContent !== text) {
      state.textContent = text;
    }
  }

  // What Flutter draws below is not for reading yet, and its keys are not for typing.
  function keepBelow() {
    const view = document.querySelector("flutter-view");
    if (view) {
      view.inert = !waiting.hidden;
    }
  }

  // As soon as it is there: it takes the focus from whoever has come to a link of the page.
  function keepBelowFromTheFirst() {
    new MutationObserver((_, changes) => {
      if (document.querySelector("flutter-view")) {
        changes.disconnect();
        keepBelow();
      }
    }).observe(document.body, { childList: true, subtree: true });
  }

  function keepKeysFromFlutter() {
    for (const type of ["keydown", "keyup"]) {
      addEventListener(type, (event) => {
        if (!waiting.hidden) {
          event.stopImmediatePropagation();
        }
      }, { capture: true });
    }
  }

  function cover(text) {
    say(text);
    waiting.hidden = false;
    keepBelow();
  }

  // The app has its own ways to what the page leaves out.
  function readAlone() {
    waiting.dataset.alone = "";
  }

  function isDrawn() {
    const host = document.querySelector("flt-semantics-host");
    if (!host?.querySelector("h1, h2")) {
      return false;
    }
    const { loading } = settings.texts;
    return !host.textContent.includes(loading) && !host.querySelector(`[aria-label*="${loading}"]`);
  }

  // At once when the app's semantics come: the frame that brings them is painted with them, and the
  // next one may keep a slow telephone busy for a second.
  function uncoverWhenDrawn() {
    stopLooking();
    const changes = new MutationObserver(look);
    // After a lost line the old screen's semantics are there until the new one is drawn.
    const first = setTimeout(begin, lostBefore ? REDRAW_MS : 0);
    const last = setTimeout(end, DRAWN_AT_LATEST_MS);
    stopLooking = () => {
      changes.disconnect();
      clearTimeout(first);
      clearTimeout(last);
    };
    function begin() {
      changes.observe(document.body, {
        childList: true, subtree: true, characterData: true, attributeFilter: ["aria-label"],
      });
      look();
    }
    function look() {
      if (isDrawn()) {
        end();
      }
    }
    function end() {
      stopLooking();
      uncover();
    }
  }

  async function uncover() {
    if (waiting.hidden) {
      return;
    }
    if (waiting.scrollTop !== 0) {
      drawEverything();
      await scroll(distanceToWhatIsRead());
    }
    waiting.hidden = true;
    // It tells of one moment and one address; from here on the app does.
    document.getElementById("outline")?.remove();
    keepBelow();
    skip.hidden = true;
    focusHeading();
    nextFrame(() => setTimeout(drawEverything));
    keepEngine();
  }

  // For the next visit, and for a page to show when there is no line. After everything else.
  async function keepEngine() {
    if (!navigator.serviceWorker || keptEngine) {
      return;
    }
    keptEngine = true;
    try {
      await navigator.serviceWorker.register("/service-worker.js");
      const { active } = await navigator.serviceWorker.ready;
      const fetched = performance.getEntriesByType("resource").map((entry) => entry.name);
      const engine = [...fetched, ...fetchedBeside]
        .map((address) => new URL(address, location.origin).href)
        .filter((name) => new URL(name).pathname.startsWith(settings.version));
      active.postMessage({ engine });
    } catch {
      // A browser that forbids it goes without.
    }
  }

  // Whoever has read on goes on reading there: where the app has the same heading. It folds much
  // of what the page spells out, so the same distance may lead somewhere else.
  function distanceToWhatIsRead() {
    const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
    const top = (element) => element.getBoundingClientRect().y;
    const inApp = [...document.querySelectorAll("flt-semantics-host *")]
      .filter((element) => element.childElementCount === 0)
      .map((element) => [letters(element.ariaLabel ?? element.textContent), element]);
    const onPage = [...document.querySelectorAll(`#outline :is(${TITLES})`)]
      .map((element) => [letters(element.textContent), top(element)])
      .filter(([title, y]) => title !== "" && Math.abs(y) < innerHeight)
      .sort(([, one], [, other]) => Math.abs(one) - Math.abs(other));
    for (const [title, y] of onPage) {
      const same = inApp.filter(([text]) => text.startsWith(title));
      if (same.length === 1) {
        return top(same[0][1]) - y;
      }
    }
    return waiting.scrollTop;
  }

  async function scroll(distance) {
    const view = document.querySelector("flutter-view");
    if (!view) {
      return;
    }
    view.dispatchEvent(new WheelEvent("wheel", {
      bubbles: true,
      cancelable: true,
      clientX: innerWidth / 2,
      clientY: innerHeight / 2,
      deltaY: distance,
    }));
    for (let frame = 0; frame < SETTLE_FRAMES; frame += 1) {
      await new Promise(requestAnimationFrame);
    }
  }

  // A screen reader goes on from here, and says once where it is.
  function focusHeading() {
    const heading = document.querySelector("flt-semantics-host :is(h1, h2)");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      landedOn = heading;
    }
  }

  // Tab goes through the app in the order in which it is read. Flutter's own order follows the
  // heights of things: it jumps to and fro between the menu and the columns of a wide window.
  function tabInReadingOrder() {
    addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || !waiting.hidden || event.altKey || event.ctrlKey) {
        return;
      }
      const stops = stopsIn("flt-semantics-host");
      const at = stops.findIndex((stop) => stop.contains(document.activeElement));
      const last = stops.length - 1;
      const before = at > 0 ? at - 1 : last;
      const after = at < last ? at + 1 : 0;
      const next = isFresh() ? skip : stops[event.shiftKey ? before : after];
      if (next) {
        skip.hidden = next !== skip;
        next.focus();
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    }, { capture: true });
  }

  // The first key after a page was loaded offers the way past the menu.
  function isFresh() {
    const fresh = document.activeElement === landedOn;
    landedOn = undefined;
    return fresh;
  }

  // Of radio buttons that belong together one is a stop, the arrows lead to the others.
  function stopsIn(part) {
    const seen = new Set();
    return [...document.querySelectorAll(`${part} :is(${FOCUSABLE})`)].filter((element) => {
      const group = element.closest('[role="radiogroup"]');
      if (!group || element.getAttribute("role") !== "radio") {
        return !element.querySelector(FOCUSABLE);
      }
      const chosen = group.querySelector('[role="radio"][aria-checked="true"]');
      const isStop = chosen ? element === chosen : !seen.has(group);
      seen.add(group);
      return isStop;
    });
  }

  // On the readable page the browser follows the link by itself.
  function skipInApp() {
    skip.addEventListener("click", (event) => {
      if (waiting.hidden) {
        event.preventDefault();
        stopsIn(`[role="${LANDMARKS.page}"]`)[0]?.focus();
      }
    });
    skip.addEventListener("blur", () => { skip.hidden = waiting.hidden; });
  }

  // Flutter's canvas is no use on paper: the page is, as the server has it at this moment. The
  // browser waits for nothing before it prints, so the request may not either.
  function printThePage() {
    let paper;
    addEventListener("beforeprint", () => {
      if (!waiting.hidden) {
        return;
      }
      const request = new XMLHttpRequest();
      try {
        request.open("GET", location.href, false);
        request.send();
      } catch {
        return; // no line: what is on the screen is printed
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      paper = page.getElementById("outline");
      if (paper) {
        waiting.querySelector("footer").before(paper);
        waiting.hidden = false;
      }
    });
    addEventListener("afterprint", () => {
      if (paper) {
        paper.remove();
        waiting.hidden = true;
        paper = undefined;
      }
    });
  }

  // ---- the line to the server

  function explainLostLine(wasOpen) {
    stopLooking();
    if (wasOpen) {
      lostBefore = true;
    }
    if (!navigator.onLine) {
      cover(settings.texts.offline);
    } else if (lostBefore) {
      cover(settings.texts.reconnecting);
    } else {
      cover(settings.texts.unreachable);
      readAlone();
    }
  }

  function pause(milliseconds) {
    return new Promise((resume) => {
      setTimeout(resume, milliseconds);
      addEventListener("online", resume, { once: true });
    });
  }

  // Whether to try again: not where the login has ended meanwhile.
  async function serverAnswers() {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await fetch("/auth/session", { cache: "no-store" });
        if (answer.status === 401) {
          goToStart("expired");
          return false;
        }
        if (answer.ok) {
          return true;
        }
      } catch {
        // No answer: the words on the cover fit.
      }
      // Not all browsers at the same moment: the server has just come up.
      await pause((tries < QUICK_TRIES ? QUICK_MS : SLOW_MS) * (0.5 + Math.random()));
    }
  }

  // The engine would try again after half a second, then one, two, four: a server that has come
  // back would wait for it. So it hears of the loss when the server answers.
  function tellWhenServerAnswers(socket) {
    const held = [];
    const hold = (event) => {
      if (toldLater.has(event)) {
        return false;
      }
      event.stopImmediatePropagation();
      const again = new event.constructor(event.type, event);
      toldLater.add(again);
      held.push(again);
      return true;
    };
    socket.addEventListener("error", hold);
    socket.addEventListener("close", async (event) => {
      if (hold(event) && event.code !== LOGIN_OVER && await serverAnswers()) {
        held.splice(0).forEach((one) => socket.dispatchEvent(one));
      }
    });
  }

  // The engine of one version cannot be trusted to understand another's server.
  async function isOtherVersion() {
    try {
      const signal = AbortSignal.timeout(VERSION_AT_LATEST_MS);
      const answer = await fetch("/version", { cache: "no-store", signal });
      return (await answer.json()).version !== settings.version;
    } catch {
      return false; // it is asked again when the line is opened again
    }
  }

  async function reloadOnOtherVersion() {
    if (await isOtherVersion()) {
      reloadOnce();
    }
  }

  // Not again and again: a server that is being replaced answers now so, now so.
  function reloadOnce() {
    try {
      if (Date.now() - sessionStorage.getItem(RELOADED_AT) < RELOAD_AT_MOST_EVERY_MS) {
        return false;
      }
      sessionStorage.setItem(RELOADED_AT, Date.now());
    } catch {
      return false; // a browser that keeps nothing would do it for ever
    }
    location.reload();
    return true;
  }

  function watchSockets() {
    let leaving = false;
    addEventListener("pagehide", () => { leaving = true; });
    addEventListener("offline", () => showLine(settings.texts.offline));
    addEventListener("online", () => showLine(""));
    const watch = (socket) => {
      let wasOpen = socket.readyState === OPEN;
      if (wasOpen) {
        reloadOnOtherVersion();
      }
      socket.addEventListener("open", () => {
        wasOpen = true;
        reloadOnOtherVersion();
      });
      socket.addEventListener("message", uncoverWhenDrawn, { once: true });
      socket.addEventListener("close", (event) => {
        if (event.code === LOGIN_OVER) {
          goToStart("expired");
        } else if (!toldLater.has(event) && !leaving) {
          explainLostLine(wasOpen);
        }
      });
      tellWhenServerAnswers(socket);
      return socket;
    };
    window.WebSocket = new Proxy(WebSocket, {
      construct: (Socket, args) => watch(takeOpenedLine() ?? new Socket(...args)),
    });
  }

  // Each picture keeps a slow telephone busy. From the server's first words on Flutter draws the
  // first screen and nothing before it, and nothing after it until the page has given way.
  function drawTheScreenAlone(socket) {
    const held = [];
    let isDrawing = true;
    let isScreen = false;
    let atLatest;
    const draw = (act) => nextFrame((now) => {
      if (!isDrawing) {
        held.push(act);
        return;
      }
      act(now);
      if (isScreen) {
        hold();
      }
    });
    const hold = () => {
      isDrawing = false;
      clearTimeout(atLatest);
      atLatest = setTimeout(drawEverything, HELD_AT_MOST_MS);
    };
    const release = () => {
      isDrawing = true;
      held.splice(0).forEach(draw);
    };
    window.requestAnimationFrame = (act) => (isDrawing ? draw(act) : (held.push(act), NO_FRAME));
    drawEverything = () => {
      clearTimeout(atLatest);
      socket.removeEventListener("message", listen);
      window.requestAnimationFrame = nextFrame;
      isScreen = false;
      release();
    };
    function listen({ data }) {
      if ((data.byteLength ?? data.size) > BYTES_OF_A_SCREEN) {
        socket.removeEventListener("message", listen);
        isScreen = true;
        release();
      } else {
        hold();
      }
    }
    socket.addEventListener("message", listen);
  }

  // The line is opened as soon as the program is there, while the engine still gets ready to draw.
  // When it asks for one, it gets that, and the first screen is on its way before the engine has
  // painted anything.
  const PlainSocket = window.WebSocket;
  let openedLine;

  function openLineEarly() {
    openedLine = new PlainSocket(new URL(SOCKET, location.href.replace(/^http/, "ws")));
    drawTheScreenAlone(openedLine);
  }

  function takeOpenedLine() {
    const socket = openedLine;
    openedLine = undefined;
    // The server has closed one that waited for too long.
    return socket?.readyState <= OPEN ? socket : undefined;
  }

  // What was chosen in the app (views/preferences.py), so that the next page is born as light or
  // dark as it will be drawn.
  function keepAppearance() {
    const tell = () => {
      try {
        const chosen = JSON.parse(localStorage.getItem("flutter.appearance")) ?? "system";
        document.cookie = `enplan_appearance=${chosen}; path=/; max-age=31536000; samesite=lax`;
      } catch {
        // A browser that keeps nothing follows the telephone.
      }
    };
    addEventListener("pagehide", tell);
    tell();
  }

  // What the app keeps in this browser (views/preferences.py). A window hears only of what other
  // windows keep.
  function onKept(key, act) {
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name, value) {
      setItem.call(this, name, value);
      if (name === key) {
        act();
      }
    };
  }

  // Text is drawn as large as the root of the page says.
  function followTextSize() {
    const key = "flutter.text_size";
    const sizes = { large: "125%", largest: "150%" };
    const show = () => {
      try {
        const size = sizes[JSON.parse(localStorage.getItem(key))] ?? "";
        document.documentElement.style.fontSize = size;
      } catch {
        // A browser that keeps nothing has its own size.
      }
    };
    onKept(key, show);
    addEventListener("storage", show);
    show();
  }

  // The page comes in the reader's language; from then on the app says which one it speaks. Flutter
  // writes what it makes of that itself: en-US for Somali, and no direction.
  function followLanguage() {
    const key = "flutter.language";
    const page = document.documentElement;
    let { lang } = page;
    const show = () => {
      const dir = settings.directions[lang];
      if (page.lang !== lang || page.dir !== dir) {
        Object.assign(page, { lang, dir });
      }
    };
    onKept(key, () => {
      lang = JSON.parse(localStorage.getItem(key));
      show();
      speak(lang);
    });
    new MutationObserver(show).observe(page, { attributeFilter: ["lang", "dir"] });
  }

  // While there is a line: it is when there is none that the words are needed.
  async function speak(lang) {
    try {
      const answer = await fetch(`/words/${lang}`);
      Object.assign(settings.texts, answer.ok ? await answer.json() : {});
    } catch {
      // The words of before are better than none.
    }
  }

  // Whoever has saved what they wrote would find an empty form on the way back, and believe that it
  // was lost. The app says so before it leads on.
  function leaveOutWhatIsDone() {
    const { pushState, replaceState } = history;
    let isDone = false;
    onKept("flutter.done_with", () => { isDone = true; });
    history.pushState = (...entry) => {
      (isDone ? replaceState : pushState).apply(history, entry);
      isDone = false;
    };
  }

  // WebKit restores a page from its back/forward cache with the engine's frames stopped.
  function reloadRestoredPage() {
    addEventListener("pageshow", (event) => {
      if (event.persisted) {
        location.reload();
      }
    });
  }

  // ---- accessibility

  // Flutter forbids zooming; people need it.
  function allowZoom() {
    const mend = () => {
      for (const meta of document.querySelectorAll('meta[name="viewport"]')) {
        if (meta.content.includes("user-scalable") || meta.content.includes("maximum-scale")) {
          meta.content = "width=device-width, initial-scale=1";
        }
      }
    };
    new MutationObserver(mend).observe(document.head, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["content"],
    });
    mend();
  }

  // Flutter builds its semantics tree when this placeholder is pressed in its middle.
  function switchSemanticsOn() {
    const placeholder = document.querySelector("flt-semantics-placeholder");
    if (!placeholder) {
      return;
    }
    const box = placeholder.getBoundingClientRect();
    placeholder.dispatchEvent(new MouseEvent("click", {
      bubbles: true,
      cancelable: true,
      clientX: box.left + box.width / 2,
      clientY: box.top + box.height / 2,
    }));
  }

  // Flutter draws a link as <a> without an address, which is no link to a screen reader, and has
  // no landmarks. The app names the three parts of its frame; here they get their roles.
  function mendSemantics() {
    const mend = (element) => {
      const landmark = LANDMARKS[element.getAttribute(NAME)];
      const role = landmark ?? (element.matches("a:not([href], [role])") ? "link" : null);
      if (role && element.getAttribute("role") !== role) {
        element.setAttribute("role", role);
      }
    };
    const mendAll = (element) => {
      [element, ...element.querySelectorAll(`a, [${NAME}]`)].forEach(mend);
    };
    new MutationObserver((changes) => {
      for (const { type, target, attributeName, addedNodes } of changes) {
        if (type === "attributes") {
          mend(target);
          comeWhereCalled(target, attributeName);
        }
        [...addedNodes].filter((node) => node.nodeType === Node.ELEMENT_NODE).forEach(mendAll);
      }
    }).observe(document.querySelector("flutter-view"), {
      childList: true, subtree: true, attributeFilter: [NAME, "role"],
    });
  }

  // The app cannot focus a radio button or a box to tick; it names the one to go to instead.
  function comeWhereCalled(element, changed) {
    if (changed === NAME && element.getAttribute(NAME) === CALLED) {
      element.focus({ preventScroll: true });
    }
  }

  // ---- the engine

  function isPossible() {
    return typeof WebAssembly === "object" && typeof WebSocket === "function"
      && hasEngine();
  }

  function hasEngine() {
    return typeof _flutter === "object" && typeof startEngine === "function";
  }

  function start() {
    wakeGraphics(settings.flutter);
    whenProgramIsThere(settings.flutter, () => {
      openLineEarly();
      settings.flutter.readOnStart.forEach(preload);
    });
    startEngine(settings.flutter, SOCKET);
  }

  // The driver of the screen wakes in the meantime, off this thread.
  function wakeGraphics({ graphics }) {
    const worker = new Worker(graphics);
    worker.addEventListener("message", () => worker.terminate());
    fetchedBeside.push(graphics);
  }

  function preload(href) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "", href });
    document.head.append(link);
  }

  // Before it is started: that alone keeps a slow telephone busy for a second.
  function whenProgramIsThere({ build: { builds }, compiler }, act) {
    const programs = builds.map((one) => one.mainWasmPath ?? one.mainJsPath);
    const isProgram = (address) => programs.some((path) => address.endsWith(`/${path}`));
    if (compiler) {
      compileBeside(compiler, isProgram, act);
    }
    const observer = new PerformanceObserver((list) => {
      if (list.getEntries().some(({ name }) => name.endsWith(".js") && isProgram(name))) {
        observer.disconnect();
        act();
      }
    });
    observer.observe({ type: "resource", buffered: true });
  }

  // Flutter's loader would fetch and compile the program on this thread, which that keeps busy for
  // half a second. A worker does it instead; this thread does when the worker fails.
  function compileBeside(compiler, isProgram, act) {
    const worker = new Worker(compiler);
    const fetched = new Promise((resolve) => {
      worker.addEventListener("message", resolve, { once: true });
    });
    const compiled = new Promise((resolve) => {
      worker.addEventListener("message", ({ data }) => data !== "fetched" && resolve(data));
      worker.addEventListener("messageerror", () => resolve());
      worker.addEventListener("error", () => resolve());
    });
    Promise.race([fetched, compiled]).then(act);
    const { fetch } = window;
    const { compileStreaming } = WebAssembly;
    window.fetch = (resource, ...rest) => (isProgram(String(resource))
      ? Promise.resolve({ url: resource }) // for compileStreaming below, which has it fetched
      : fetch(resource, ...rest));
    WebAssembly.compileStreaming = async (source, ...options) => {
      const { url } = await source;
      if (!isProgram(url)) {
        return compileStreaming.call(WebAssembly, source, ...options);
      }
      fetchedBeside.push(compiler, url);
      worker.postMessage({ address: url, options });
      const program = await compiled
        ?? await compileStreaming.call(WebAssembly, fetch(url), ...options);
      worker.terminate();
      return program;
    };
  }

  async function stayReadable() {
    if (waiting.hidden || lostBefore) {
      return;
    }
    const isOther = await isOtherVersion(); // which has none of the files that were asked for
    if (!isOther || !reloadOnce()) {
      // Flutter's own script breaks off where there is no WebAssembly.
      const isOurs = isOther || (typeof WebAssembly === "object" && !hasEngine());
      say(isOurs ? settings.texts.unreachable : settings.texts.unsupported);
      readAlone();
    }
  }

  addEventListener("flutter-first-frame", () => {
    keepBelow();
    mendSemantics();
    switchSemanticsOn();
  }, { once: true });
  addEventListener("unhandledrejection", stayReadable);
  if (isPossible()) {
    keepBelowFromTheFirst();
    keepKeysFromFlutter();
    watchSockets();
    reloadRestoredPage();
    keepAppearance();
    followTextSize();
    followLanguage();
    leaveOutWhatIsDone();
    tabInReadingOrder();
    skipInApp();
    printThePage();
    allowZoom();
    start();
  } else {
    stayReadable();
  }
})();
