// The page in a real browser, as a user goes through it: browse.mjs CHROMIUM FOLDER FILES.json, where FOLDER is the built page.
// Prints what was seen as JSON; what fails is left to the test to say.
import fs from "node:fs";
import { launched, looked, served } from "./browser.mjs";
import { pane } from "./pane.mjs";

const [, , program, folder, config] = process.argv;
const { files, months, gathered, excel, shots, policy } = JSON.parse(fs.readFileSync(config, "utf8"));
const seen = { requests: [], errors: [], axe: [], wide: [], marks: {}, times: {} };
const server = await served(folder, (name) => (name.endsWith("pane.html") ? excel.policy : policy));
const { home } = server;
const browser = await launched(program);

async function page(lang, width, scheme = "light", serviceWorkers = "allow") {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: lang, colorScheme: scheme, acceptDownloads: true, serviceWorkers });
  const made = await context.newPage();
  made.on("request", (request) => !request.url().startsWith(home) && !/^(blob|data):/.test(request.url()) && seen.requests.push(request.url()));
  made.on("pageerror", (bad) => seen.errors.push(bad.message));
  made.on("console", (said) => said.type() === "error" && seen.errors.push(said.text()));
  return made;
}

const look = (made, name) => looked(made, name, seen, shots);
const figure = (made, name) => made.textContent(`output[data-figure="${name}"]`);

async function download(made, button) {
  const waiting = made.waitForEvent("download", { timeout: 120_000 });
  await made.click(button);
  const got = await waiting;
  return { name: got.suggestedFilename(), bytes: fs.readFileSync(await got.path()).toString("base64") };
}

// -- the plan, in Japanese -------------------------------------------------------------
const started = Date.now();
const made = await page("ja-JP", 1280);
await made.goto(home);
await made.waitForFunction(() => document.querySelector('output[data-figure="won_deals"]')?.textContent);
seen.times.figure = Date.now() - started;
seen.example = { deals: await figure(made, "won_deals"), visits: await figure(made, "visits"), status: await made.textContent("#plan-status") };
await look(made, "plan-ja-1280");
await made.fill("#field-web_revenue", "2,000万円");
await made.fill("#field-win_rate", "130%");
seen.wrong = { note: await made.textContent("#field-win_rate-wrong"), meetings: await figure(made, "required_meetings") };
await made.fill("#field-win_rate", "25%");
seen.typed = { deals: await figure(made, "won_deals"), opportunities: await figure(made, "opportunities"), example: await made.isVisible("#plan-example") };
const book = await download(made, "#plan-make");
seen.times.workbook = Date.now() - started;
seen.book = book;
seen.start = await made.getAttribute("#python", "data-start");
seen.plan = await download(made, "#plan-toml");
await made.click("#plan-link");
seen.link = new URL(made.url()).hash;
await look(made, "made-ja-1280");

// -- the months: a price that somebody typed, and another one in the plan ----------------
await made.click("#tab-months");
await made.setInputFiles("#months-book", months.book);
await made.setInputFiles("#months-plan", months.plan);
for (const other of ["en", "ja"]) await made.selectOption("#language", other);
seen.held = await made.locator("#months .pick .name").allTextContents();
await made.click("#months-look");
await made.waitForSelector("#months-take", { timeout: 120_000 });
seen.months = { conflicts: await made.locator(".conflict legend").allTextContents(), options: await made.locator(".option").allTextContents() };
await look(made, "months-ja-1280");
await made.check('input[value="ours"]');
seen.updated = await download(made, "#months-take");

// -- what came back: two workbooks in one summary ----------------------------------------
await made.click("#tab-gather");
await made.setInputFiles("#gather-files", gathered);
await made.waitForSelector("#gather-take", { timeout: 120_000 });
seen.gathered = { said: await made.locator("#gather-said > p").allTextContents(), files: await made.locator("#gather-said tbody tr").count() };
await look(made, "gather-ja-1280");
seen.summary = await download(made, "#gather-take");

// -- checks ----------------------------------------------------------------------------
await made.click("#tab-check");
const before = Date.now();
await made.setInputFiles("#check-files", files.map((each) => each.path));
await made.waitForFunction((many) => document.querySelectorAll(".report").length === many && !document.querySelector(".report .stop"), files.length, { timeout: 120_000 });
seen.times.checks = Date.now() - before;
for (const [at, each] of files.entries()) {
  const report = made.locator(".report").nth(at);
  seen.marks[each.name] = { said: await report.locator("p.status, p.wrong").first().textContent(), where: await report.locator("> ol .where").allTextContents(), drawn: await report.locator("td.error, td.warning").count() };
}
await look(made, "check-ja-1280");
await made.click("#tab-plan");
seen.alive = await figure(made, "won_deals");

// -- the link, offline, in English, on a phone, in the dark ------------------------------
await made.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
await made.waitForFunction(async () => (await caches.keys()).length > 0 && (await (await caches.open((await caches.keys())[0])).keys()).length > 20, null, { timeout: 60_000 });
server.up = false;
// A snapshot that Python refuses: it starts in full, of what the service worker has kept.
await made.evaluate(async () => {
  const cache = await caches.open((await caches.keys())[0]);
  const packed = new Response(new Blob(["no memory"]).stream().pipeThrough(new CompressionStream("gzip")));
  const kept = (await cache.keys()).find((each) => each.url.endsWith(".snapshot"));
  await cache.put(kept, new Response(await packed.blob()));
  history.replaceState(null, "", location.pathname); // what was typed stays without the link
});
await made.reload();
await made.waitForFunction(() => document.querySelector('output[data-figure="won_deals"]')?.textContent);
seen.offline = { deals: await figure(made, "won_deals"), revenue: await made.inputValue("#field-web_revenue") };
await made.click("#tab-check");
await made.setInputFiles("#check-files", files.find((each) => each.name.endsWith(".csv")).path);
await made.waitForSelector(".report .where", { timeout: 120_000 });
seen.without = { start: await made.getAttribute("#python", "data-start"), where: await made.locator(".report > ol .where").allTextContents() };
server.up = true;
// Python never comes here: the form doesn't wait for it.
const phone = await page("en-US", 390, "dark", "block");
await phone.route("**/worker.js", () => {});
await phone.goto(home + seen.link);
await phone.waitForFunction(() => document.querySelector('output[data-figure="won_deals"]')?.textContent);
seen.linked = await phone.inputValue("#field-web_revenue");
await look(phone, "plan-en-390-dark");
await phone.focus("#tab-plan");
await phone.keyboard.press("ArrowRight");
await phone.keyboard.press("ArrowRight");
seen.keyboard = await phone.isVisible("#check");
await look(phone, "check-en-390-dark");
seen.english = await phone.textContent("#check h2");

// -- the pane in Excel ----------------------------------------------------------------
seen.pane = await pane({ browser, home, look, ...excel });

await browser.close();
server.close();
console.log(JSON.stringify(seen));
