// Python's start: from a snapshot of its memory where there is one and the network brings it in time, else in full.

/** @typedef {import("./pyodide/pyodide.mjs").Python} Python */
/** @typedef {import("./pyodide/pyodide.mjs").Options} Options */

export const ARCHIVE = "python/kgisheet.zip";
/** Named by what it was made from, so that no other version's is taken for it; "" where none was made. @type {string} */
export const SNAPSHOT = "@SNAPSHOT@";
export const BRIDGE = "kgisheet.web.bridge";
const SAVED = 2000;

/** A snapshot as it is kept: gzip. Null where there is none, or where not even half of it has come in the time that it saves; what
 * then still comes is kept for the next visit. @param {() => Promise<Response>} asked @param {number} [patience] in milliseconds
 * @returns {Promise<Uint8Array | null>} */
export async function snapshot(asked, patience = SAVED) {
  let [come, size] = [0, Infinity];
  /** @type {TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>} */
  const counted = new TransformStream({
    transform(chunk, out) {
      come += chunk.length;
      out.enqueue(/** @type {Uint8Array<ArrayBuffer>} */ (chunk));
    },
  });
  const whole = async () => {
    const answer = await asked();
    if (!answer.ok || !answer.body) return null;
    size = Number(answer.headers.get("Content-Length")) || Infinity;
    return new Uint8Array(await new Response(answer.body.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  };
  /** @type {Promise<null>} */
  const late = new Promise((done) => { setTimeout(() => come < size / 2 && done(null), patience); });
  return Promise.race([whole().catch(() => null), late]);
}

/** Python with the package in it. A snapshot that Python refuses is done without: its options are private, and another release may have others.
 * @param {(options: Options) => Promise<Python>} load @param {Options} options @param {Uint8Array | null} memory @param {Uint8Array} archive */
export async function started(load, options, memory, archive) {
  const quick = memory && (await load({ ...options, _loadSnapshot: memory }).catch(() => null));
  const python = quick || (await load(options));
  python.unpackArchive(archive, "zip");
  return { python, bridge: python.pyimport(BRIDGE), start: quick ? "snapshot" : "full" };
}
