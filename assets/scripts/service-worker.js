// Keeps the engine and a page for when there is no line. Never anything personal: a page of the
// portal is always fetched. Served as /service-worker.js, after a line that names the version.
/* global VERSION, ENGINE, OFFLINE */
"use strict";

const CACHE = `enplan-${VERSION}`;
const OFFLINE_PAGE = OFFLINE[0];

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(OFFLINE);
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
