// The pane's calls of Excel against the stand-in, without a browser: host.mjs prints what became of each case as JSON.
import fs from "node:fs";
import vm from "node:vm";
import "./office_standin.js";

const host = await import("../../kgisheet/web/page/office_host.js");
await import("../../kgisheet/web/page/pane_texts.js");
const { choose } = await import("../../kgisheet/web/page/texts.js");
globalThis.document = { documentElement: {} };
choose("en");

const PC = { host: "Excel", language: "en-US", platform: "PC", sets: { ExcelApi: "1.17", CompressedFile: "1.1" }, url: "C:\\goals\\goal.xlsx" };
const sheets = () => [{ name: "Goal", id: "{A}" }, { name: "Months", id: "{B}" }];
const wanted = (sheet, ...cells) => cells.map((cell) => ({ sheet, cell, text: `wrong at ${cell}`, severity: "error" }));

/** An Excel of its own for each case. */
function excel(more = {}) {
  const model = { ...PC, sheets: sheets(), ...more };
  Object.assign(globalThis, globalThis.standin(model));
  return model;
}

const said = async (work) => {
  try {
    return await work();
  } catch (bad) {
    return bad.message;
  }
};
const looks = (sheet) => JSON.stringify([sheet.fills, sheet.protected, sheet.options ?? null]);

const found = {};

// -- the workbook in slices ------------------------------------------------------------
const big = new Uint8Array(4_300_000).map((_, at) => (at * 31) % 251);
let text = "";
for (let at = 0; at < big.length; at += 60_000) text += String.fromCharCode(...big.subarray(at, at + 60_000));
const file = btoa(text);
const ipad = { file: file.slice(0, 400_000), platform: "iOS" };
for (const [name, more] of Object.entries({ pc: { file }, ipad })) {
  const model = excel(more);
  const [one, two, three] = await Promise.all([host.book(), host.book(), host.book()]);
  const same = [one, two, three].every((each) => Buffer.compare(each.bytes, big.subarray(0, each.bytes.length)) === 0);
  found[name] = { size: model.asked[0], length: one.bytes.length, same, open: model.files, most: model.most };
}
{
  const model = excel({ ...ipad, torn: 1 });
  const torn = await said(() => host.book());
  delete model.torn;
  found.torn = { torn, open: model.files, again: (await host.book()).bytes.length };
}
{
  excel(ipad);
  for (let each = 0; each < 2; each += 1) await new Promise((done) => globalThis.Office.context.document.getFileAsync("compressed", { sliceSize: 65_536 }, done));
  found.two = await said(() => host.book());
}
excel({ sets: { ExcelApi: "1.17" }, platform: "OfficeOnline" });
found.web = [host.readable(), await said(() => host.book())];
found.names = ["C:\\goals\\4月.xlsx", "https://x.sharepoint.com/a/%E7%9B%AE%E6%A8%99.xlsx?web=1", "", null, "/Users/a/50%.xlsm", "old.xls"].map(host.named);
found.where = [];
for (const more of [{}, { host: null }, { host: "Word" }]) {
  excel(more);
  found.where.push(await host.ready());
}
delete globalThis.Office;
found.where.push(await host.ready());

// -- a cell, a new workbook ----------------------------------------------------------------
{
  const model = excel({ sheets: [...sheets(), { name: "Hidden", id: "{C}", visibility: "Hidden" }] });
  found.select = [await said(() => host.select("Months", "B3")) ?? model.selected, await said(() => host.select("Hidden", "B3")), await said(() => host.select("Nowhere", "B3"))];
  model.editing = true;
  found.editing = await said(() => host.select("Goal", "B3"));
}
{
  const model = excel();
  const bytes = new Uint8Array(200_000).fill(7);
  bytes.set([0x50, 0x4b, 3, 4]);
  await host.open(bytes);
  found.open = [model.opened.length, atob(model.opened[0]).length, await said(() => host.open(new Uint8Array([1, 2, 3])))];
  model.hardened = true;
  found.hardened = await said(() => host.open(bytes));
}

// -- marks, and what was there before ----------------------------------------------------------
{
  const model = excel();
  const [goal, months] = model.sheets;
  goal.fills = { B2: { color: "#FFFFCC", pattern: "Solid" }, B4: { color: "#123456", pattern: "Gray50" } };
  Object.assign(goal, { protected: true, options: { allowFormatCells: false } });
  goal.notes = ["B3"];
  months.password = true;
  months.protected = true;
  const before = looks(goal);
  const done = await host.mark([...wanted("Goal", "B2", "B3", "B4"), ...wanted("Months", "C1"), ...wanted("Gone", "A1")]);
  const fills = Object.fromEntries(Object.entries(goal.fills).map(([cell, each]) => [cell, each.color]));
  found.marked = { done, fills, comments: model.comments.map((each) => `${each.address}: ${each.text}`), locked: goal.protected, months: months.writes, there: await host.marked() };
  const twice = await host.mark(wanted("Goal", "B2"));
  found.twice = [twice.cells, model.comments.length];
  const undone = await host.unmark();
  found.unmarked = { undone, same: looks(goal) === before, comments: model.comments.length, there: await host.marked() };
}
{
  const model = excel();
  const [goal] = model.sheets;
  await host.mark(wanted("Goal", "B2", "B3", "B5"));
  // A row above, a comment deleted, a colour of somebody's, the sheet renamed.
  goal.fills = { B3: goal.fills.B2, B4: goal.fills.B3, B6: { color: "#00FF00", pattern: "Solid" } };
  model.comments.splice(1, 1);
  for (const each of model.comments) each.address = `B${Number(each.address.slice(1)) + 1}`;
  goal.name = "Goals";
  const undone = await host.unmark();
  found.moved = { undone, fills: goal.fills, comments: model.comments.length };
}
{
  const model = excel({ sets: { ExcelApi: "1.8", CompressedFile: "1.1" } });
  model.sheets[0].fills = { B2: { color: "#AABBCC", pattern: "Solid" } };
  const done = await host.mark(wanted("Goal", "B2", "B3"));
  const { comments } = model;
  await host.unmark();
  found.old = { done, comments: comments.length, fills: model.sheets[0].fills };
}

// -- browsers that can't run the pane -----------------------------------------------------------
/** @param {object} script what a script element of this browser knows @param {object} more its globals */
function old(script, more) {
  const apart = { hidden: true, innerText: "", removeAttribute() { apart.hidden = false; } };
  const document = { createElement: () => script, addEventListener: (_, work) => work(), getElementById: () => apart };
  vm.runInNewContext(fs.readFileSync(new URL("../../kgisheet/web/page/pane_old.js", import.meta.url), "utf8"), { document, navigator: { language: "ja-JP" }, ...more });
  return apart.hidden ? null : apart.innerText;
}
found.browsers = [old({}, { WebAssembly: undefined }), old({ noModule: false }, { WebAssembly: undefined }), old({ noModule: false }, {})];

console.log(JSON.stringify(found));
