// Works out plans in JavaScript: one JSON line per plan {module, lang, rows, inputs} on standard input, one line of values each out.
import readline from "node:readline";
import * as q from "../../kgisheet/web/page/exact.js";
import { Sheet } from "../../kgisheet/web/page/sheet.js";

const given = (value) => (Array.isArray(value) ? value.map(given) : value && typeof value === "object" ? q.of(BigInt(value.n), BigInt(value.d)) : value);
const said = (value) => (Array.isArray(value) ? value.map(said) : q.isNumber(value) ? { n: String(value.n), d: String(value.d) } : value);

for await (const line of readline.createInterface({ input: process.stdin })) {
  const plan = JSON.parse(line);
  const { template } = await import(plan.module);
  const inputs = Object.fromEntries(Object.entries(plan.inputs).map(([name, value]) => [name, given(value)]));
  const sheet = new Sheet(template, inputs, plan.rows, plan.lang);
  console.log(JSON.stringify(Object.fromEntries(Object.keys(template.cells).map((name) => [name, said(sheet.whole(name))]))));
}
