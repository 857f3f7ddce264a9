// The page's files on this device: fetched by the service worker, which is awaited at the first visit.

/** The page's files are fetched once: by the service worker, which keeps them. Where there is none, each is fetched as it is needed.
 *  @param {(data: any) => void} heard what it says of its progress */
export async function kept(heard) {
  try {
    const { active, installing, waiting } = await navigator.serviceWorker.register("sw.js");
    const coming = installing ?? waiting;
    if (active || !coming) return;
    navigator.serviceWorker.addEventListener("message", ({ data }) => heard(data));
    await new Promise((done) => coming.addEventListener("statechange", () => ["activated", "redundant"].includes(coming.state) && done(null)));
  } catch {
    // An address without encryption, or a private window: the page works, but not without a network.
  }
}
