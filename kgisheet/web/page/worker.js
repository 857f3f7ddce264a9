// The worker: loads Python and this package once, then answers one question after another.

import { loadPyodide } from "./pyodide/pyodide.mjs";
import { ARCHIVE, SNAPSHOT, snapshot, started } from "./start.js";

/** @param {string} path @returns {Promise<Uint8Array>} */
async function fetched(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function start() {
  postMessage({ progress: "starting" });
  const [memory, archive] = await Promise.all([SNAPSHOT ? snapshot(() => fetch(SNAPSHOT)) : null, fetched(ARCHIVE)]);
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
