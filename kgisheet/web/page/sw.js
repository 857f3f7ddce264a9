// Keeps the page for use without a network: everything is fetched at the first visit, and again only when its version changes.

/** @type {ServiceWorkerGlobalScope} */
const worker = /** @type {any} */ (self);
/** @type {{version: string, files: string[], sizes: Record<string, number>}} */
const LISTED = /** @type {any} */ ("@LISTED@");
const CACHE = `kgisheet-${LISTED.version}`;
const MEGABYTE = 1_000_000;

worker.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    const whole = Object.values(LISTED.sizes).reduce((sum, each) => sum + each, 0);
    let done = 0;
    await Promise.all(LISTED.files.map(async (name) => {
      await cache.add(new Request(name, { cache: "no-cache" })); // all of one version
      done += LISTED.sizes[name] ?? 0;
      const places = { done: (done / MEGABYTE).toFixed(1), whole: (whole / MEGABYTE).toFixed(1) };
      for (const each of await worker.clients.matchAll({ includeUncontrolled: true })) each.postMessage({ progress: "loading", places });
    }));
    await worker.skipWaiting();
  };
  event.waitUntil(keep());
});

worker.addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name.startsWith("kgisheet-") && name !== CACHE) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(old());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== worker.location.origin) return;
  const answer = async () => {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    const fetched = await fetch(request);
    // Only the snapshot of Python isn't listed: it is kept when it first comes.
    if (fetched.ok && request.url.endsWith(".snapshot")) event.waitUntil(cache.put(request, fetched.clone()));
    return fetched;
  };
  event.respondWith(answer());
});
