// How the page starts Python, without a Python: what comes of each kind of snapshot, and with which options it was loaded.
import zlib from "node:zlib";
import { snapshot, started } from "../../kgisheet/web/page/start.js";

const text = (bytes) => bytes && new TextDecoder().decode(bytes);
const packed = zlib.gzipSync("memory");
const answers = {
  kept: async () => new Response(packed),
  none: async () => new Response("not found", { status: 404 }),
  late: () => new Promise(() => {}),
  broken: async () => new Response("no gzip"),
};
const seen = {};
for (const [name, answer] of Object.entries(answers)) seen[name] = text(await snapshot(answer, name === "late" ? 10 : 60_000));

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
