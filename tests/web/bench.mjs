// How long the page takes: bench.mjs CHROMIUM FOLDER CONFIG, where FOLDER is the built page and CONFIG names a file with a fault.
// Prints, for a first and a second visit, milliseconds from the start and bytes that were served, as JSON.
import fs from "node:fs";
import { launched, served } from "./browser.mjs";

const [, , program, folder, config] = process.argv;
const { faulty, policy } = JSON.parse(fs.readFileSync(config, "utf8"));
const FILLING_IN = 15_000;
const server = await served(folder, () => policy);
const browser = await launched(program);
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** One visit in a tab of its own: `act` is done as soon as the first figure is there. */
async function visit(context, act) {
  server.bytes = 0;
  const page = await context.newPage();
  const started = Date.now();
  const passed = () => Date.now() - started;
  await page.goto(server.home);
  await page.waitForFunction(() => document.querySelector('output[data-figure="won_deals"]')?.textContent);
  const found = { figure: passed(), ...(await act(page, passed)) };
  const start = await page.getAttribute("#python", "data-start");
  await pause(3000); // what is kept for the next visit is on its way
  await page.close();
  return { ...found, start, bytes: server.bytes };
}

const workbook = (wait) => async (page, passed) => {
  await pause(wait);
  const clicked = passed();
  const [got] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), page.click("#plan-make")]);
  await got.path();
  return { workbook: passed() - (wait ? clicked : 0) };
};

const finding = async (page, passed) => {
  await page.click("#tab-check");
  await page.setInputFiles("#check-files", faulty);
  await page.waitForSelector(".report .where", { timeout: 120_000 });
  return { finding: passed() };
};

const found = {};
for (const [name, act] of Object.entries({ workbook: workbook(0), filled: workbook(FILLING_IN), finding })) {
  const context = await browser.newContext({ acceptDownloads: true });
  found[name] = { first: await visit(context, act), second: await visit(context, act) };
  await context.close();
}
await browser.close();
server.close();
console.log(JSON.stringify(found));
