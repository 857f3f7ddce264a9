// The worker: loads Python and this package once, then answers one question after another.

import { loadPyodide } from "./pyodide/pyodide.mjs";
import { ARCHIVE, SNAPSHOT, snapshot, started } from "./start.js";

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
  const [memory, archive] = await Promise.all([snapshot(() => fetch(SNAPSHOT)), fetched(ARCHIVE)]);
  const made = await started(loadPyodide, { indexURL: "./pyodide/" }, memory, archive);
  postMessage({ progress: "ready", start: made.start });
  return made;
}

const ready = start();
let asked = false;
// While nobody asks, the modules that make a workbook are loaded by making one.
ready.then(({ bridge }) => setTimeout(() => asked || bridge.warm())).catch(() => {});
ready.catch((bad) => postMessage({ progress: "failed", places: { why: String(bad.message ?? bad) } }));

/** A named tuple of Python as an object, bytes as an array. @param {any} value */
function given(value) {
  if (!value?.toJs) return value;
  const made = value._asdict ? value._asdict().toJs({ dict_converter: Object.fromEntries }) : value.toJs({ dict_converter: Object.fromEntries });
  value.destroy?.();
  return made;
}

onmessage = async ({ data: { id, call, args } }) => {
  asked = true;
  try {
    const { python, bridge } = await ready;
    const value = given(bridge[call](...args.map((/** @type {unknown} */ each) => python.toPy(each))));
    postMessage({ id, value });
  } catch (bad) {
    const lines = String(bad instanceof Error ? bad.message : bad).trim().split("\n");
    postMessage({ id, error: lines[lines.length - 1] });
  }
};
