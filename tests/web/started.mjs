// How the page starts Python, without a Python: what comes of each kind of snapshot, and with which options it was loaded.
import zlib from "node:zlib";
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
console.log(JSON.stringify(seen));
process.exit();
