// Makes the snapshot that the page starts from: node snapshot.mjs PYODIDE ARCHIVE START.js INTO, all of them addresses of files.
// Python's memory once the package is imported, tried before it is written: Python refuses one that outgrew its first memory.
import fs from "node:fs";
import zlib from "node:zlib";

const [, , pyodide, archive, start, into] = process.argv;
const { loadPyodide } = await import(pyodide);
const { started } = await import(start);
const zip = new Uint8Array(fs.readFileSync(new URL(archive)));

const { python, bridge } = await started((options) => loadPyodide({ ...options, _makeSnapshot: true }), {}, null, zip);
bridge.destroy();
python.runPython("import gc; gc.collect()");
const memory = python.makeMemorySnapshot();
const again = await loadPyodide({ _loadSnapshot: memory });
again.unpackArchive(zip, "zip");
if (again.pyimport("kgisheet.web.bridge").PLAN !== "plan.toml") throw new Error("the snapshot has no package");
fs.writeFileSync(new URL(into), zlib.gzipSync(memory, { level: 9 }));
