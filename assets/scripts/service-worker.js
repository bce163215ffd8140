// Keeps the engine and a page for when there is no line. Never anything personal: a page of the
// portal is always fetched. Served as /service-worker.js, after a line that names the version.
/* global VERSION, ENGINE, OFFLINE */
"use strict";

const CACHE = `enplan-${VERSION}`;
const [OFFLINE_PAGE, ...OF_OFFLINE_PAGE] = OFFLINE;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    try {
      await cache.addAll(OF_OFFLINE_PAGE);
      await keepOfflinePage(cache);
    } catch (error) {
      await caches.delete(CACHE);
      throw error;
    }
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name !== CACHE) {
        await caches.delete(name);
      }
    }
    // The page's request goes out while this worker is still being started.
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  })());
});

// The page tells what it has loaded of the engine: this browser's build, and no other.
self.addEventListener("message", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    for (const url of event.data.engine) {
      if (isEngine(new URL(url)) && !(await cache.match(url))) {
        await cache.add(new Request(url, { cache: "force-cache" }));
      }
    }
    await keepOfflinePage(cache); // in the language that is read now
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) {
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(page(event));
  } else if (isEngine(url)) {
    event.respondWith(kept(request));
  }
});

// While a server is being replaced the page may come from another version: it is tried again at the
// next visit, and what was kept before stays.
async function keepOfflinePage(cache) {
  const page = await fetch(OFFLINE_PAGE, { cache: "no-store" });
  if (page.ok && (await page.clone().text()).includes(VERSION)) {
    await cache.put(OFFLINE_PAGE, page);
  } else if (!(await cache.match(OFFLINE_PAGE))) {
    throw new Error("no page of this version");
  }
}

function isEngine(url) {
  return url.origin === location.origin && url.pathname.startsWith(ENGINE);
}

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(OFFLINE_PAGE)) ?? Response.error();
  }
}

async function kept(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
