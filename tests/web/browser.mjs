// What the programs that open the page in Chromium share: a server of a built page, the browser, and a look at a view.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const launched = (program) => chromium.launch({ executablePath: program, args: ARGUMENTS });

/** A server of a folder on this machine; ``policy`` says which one a file has. While ``up`` is false nothing is answered. */
export async function served(folder, policy) {
  const made = { up: true, bytes: 0, home: "", close: () => server.close() };
  const server = http.createServer((request, response) => {
    const name = path.join(folder, new URL(request.url, "http://x").pathname.replace(/\/$/, "/index.html"));
    if (!made.up) return response.destroy();
    if (!fs.existsSync(name)) return response.writeHead(404).end();
    const data = fs.readFileSync(name);
    made.bytes += data.length;
    response.writeHead(200, { "Content-Type": TYPES[path.extname(name)] ?? "application/octet-stream", "Content-Security-Policy": policy(name), "Content-Length": data.length, "Cache-Control": "no-cache" });
    return response.end(data);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  made.home = `http://127.0.0.1:${server.address().port}/`;
  return made;
}

/** What accessibility has against a view, whether it is wider than its window, and its picture where a folder is given. */
export async function looked(made, name, seen, shots) {
  // The policy forbids script tags: axe comes in by evaluation.
  const found = await made.evaluate(`${axe}; axe.run()`);
  seen.axe.push(...found.violations.map((each) => `${name}: ${each.id} ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`));
  if (await made.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")) seen.wide.push(name);
  if (shots) await made.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
}
