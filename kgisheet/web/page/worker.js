// The worker: loads Python and this package once, then answers one question after another.

import { loadPyodide } from "./pyodide/pyodide.mjs";

const BRIDGE = "kgisheet.web.bridge";
const MEGABYTE = 1_000_000;

/** @param {string} path @returns {Promise<Uint8Array>} */
async function fetched(path) {
  const answer = await fetch(path);
  if (!answer.ok || !answer.body) throw new Error(`${path}: ${answer.status}`);
  const whole = Number(answer.headers.get("Content-Length") ?? 0);
  const reader = answer.body.getReader();
  const chunks = [];
  let done = 0;
  for (;;) {
    const { value, done: over } = await reader.read();
    if (over) break;
    chunks.push(value);
    done += value.length;
    if (whole) postMessage({ progress: "loading", places: { done: (done / MEGABYTE).toFixed(1), whole: (whole / MEGABYTE).toFixed(1) } });
  }
  const bytes = new Uint8Array(done);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function start() {
  postMessage({ progress: "starting" });
  const [python, packages] = await Promise.all([loadPyodide({ indexURL: "./pyodide/" }), fetched("python/kgisheet.zip")]);
  python.unpackArchive(packages, "zip");
  const bridge = python.pyimport(BRIDGE);
  postMessage({ progress: "ready" });
  return { python, bridge };
}

const ready = start();
ready.catch((bad) => postMessage({ progress: "failed", places: { why: String(bad.message ?? bad) } }));

/** A named tuple of Python as an object, bytes as an array. @param {any} value */
function given(value) {
  if (!value?.toJs) return value;
  const made = value._asdict ? value._asdict().toJs({ dict_converter: Object.fromEntries }) : value.toJs({ dict_converter: Object.fromEntries });
  value.destroy?.();
  return made;
}

onmessage = async ({ data: { id, call, args } }) => {
  try {
    const { python, bridge } = await ready;
    const value = given(bridge[call](...args.map((/** @type {unknown} */ each) => python.toPy(each))));
    postMessage({ id, value });
  } catch (bad) {
    const lines = String(bad instanceof Error ? bad.message : bad).trim().split("\n");
    postMessage({ id, error: lines[lines.length - 1] });
  }
};
