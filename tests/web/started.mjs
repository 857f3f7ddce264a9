// How the page starts Python, without a Python: what comes of each kind of snapshot, and with which options it was loaded.
import zlib from "node:zlib";
import { Python } from "../../kgisheet/web/page/python.js";
import { snapshot, started } from "../../kgisheet/web/page/start.js";

const text = (bytes) => bytes && new TextDecoder().decode(bytes);
const packed = zlib.gzipSync("memory");
// Some of the bytes at once, the rest after a while.
const slow = (first) => async () => new Response(new ReadableStream({
  start(out) {
    out.enqueue(packed.subarray(0, first));
    setTimeout(() => { out.enqueue(packed.subarray(first)); out.close(); }, 100);
  },
}), { headers: { "Content-Length": String(packed.length) } });
const answers = {
  kept: async () => new Response(packed),
  none: async () => new Response("not found", { status: 404 }),
  late: () => new Promise(() => {}),
  "late, little": slow(1),
  "late, most": slow(packed.length - 1),
  broken: async () => new Response("no gzip"),
};
const seen = {};
for (const [name, answer] of Object.entries(answers)) seen[name] = text(await snapshot(answer, name.startsWith("late") ? 10 : 60_000));

for (const [name, memory, refuses] of [["with", packed, false], ["refused", packed, true], ["without", null, false]]) {
  const loads = [];
  const load = async (options) => {
    loads.push("_loadSnapshot" in options);
    if (refuses && options._loadSnapshot) throw new Error("of another release");
    return { unpackArchive() {}, pyimport: () => "bridge" };
  };
  const { start } = await started(load, {}, memory, packed);
  seen[name] = [start, loads];
}
// A worker that can't get ready, and the one after it, which is asked again; then one that is ended.
const workers = [];
globalThis.Worker = class {
  constructor() {
    workers.push(this);
    this.index = workers.length;
  }
  postMessage({ id }) {
    if (this.index === 1) this.onmessage({ data: { progress: "failed", places: { why: "no network" } } });
    if (this.index === 2) this.onmessage({ data: { id, value: "done" } });
    if (this.index === 2) python.end();
  }
  terminate() {
    this.ended = true;
  }
};
const told = [];
const python = new Python((text) => told.push(text));
const asked = () => python.ask("check").catch((bad) => bad.constructor.name);
seen.failed = [await asked(), told.pop().includes("no network")];
seen.again = [await asked(), told.pop()];
const [ended] = [asked(), await Promise.resolve(), python.end()];
seen.ended = [await ended, workers.map((each) => each.ended ?? false)];
console.log(JSON.stringify(seen));
process.exit();
