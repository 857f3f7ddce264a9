// The pane in Excel, with a stand-in for Office's script at its vendor's address; browse.mjs calls it.
import fs from "node:fs";

const OFFICE = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
const STANDIN = fs.readFileSync(new URL("office_standin.js", import.meta.url), "utf8");

// Office's script takes these away.
const TAKEN = 'history.replaceState = history.pushState = null; for (const name of ["alert", "confirm", "prompt"]) globalThis[name] = () => { throw new Error(`Function window.${name} is not supported.`); };';

/** @returns what was seen; ``look`` takes a picture and asks about accessibility */
export async function pane({ browser, home, book, sheet, csv, look }) {
  const seen = { requests: [], errors: [], texts: {} };
  const file = fs.readFileSync(book).toString("base64");

  // A pane as Excel has it: 320 pixels wide, the script from its vendor's address, the history's methods taken away.
  async function opened(view, more = {}, width = 320, scheme = "light") {
    const context = await browser.newContext({ viewport: { width, height: 700 }, locale: "ja-JP", colorScheme: scheme, serviceWorkers: "block" });
    if (more.waits) await context.route("**/worker.js", () => {}); // Python isn't needed
    const made = await context.newPage();
    made.on("request", (request) => !request.url().startsWith(home) && !/^(blob|data):/.test(request.url()) && seen.requests.push(request.url()));
    made.on("pageerror", (bad) => seen.errors.push(bad.message));
    made.on("console", (said) => said.type() === "error" && seen.errors.push(said.text()));
    const model = { host: "Excel", language: "ja-JP", platform: "PC", sets: { ExcelApi: "1.17", CompressedFile: "1.1" }, url: "C:\\goals\\目標.xlsx", file, sheets: [{ name: sheet, id: "{1}" }, { name: "2026-04", id: "{2}" }], ...more };
    await made.route(OFFICE, (route) => route.fulfill({
      contentType: "text/javascript",
      body: `${STANDIN}\nglobalThis.excel = ${JSON.stringify(model)};\nObject.assign(globalThis, standin(excel));\n${TAKEN}`,
    }));
    await made.goto(`${home}pane.html?view=${view}&_host_Info=Excel$Win32$16.01$ja-JP#_xdm_Info=Excel`);
    return made;
  }

  const excel = (made, name) => made.evaluate((key) => globalThis.excel[key], name);
  const settled = (made, selector) => made.waitForSelector(selector, { timeout: 120_000 });

  // -- the check: findings, a cell selected, marks and none again ------------------------
  const made = await opened("check");
  await settled(made, "#pane-mark");
  seen.findings = await made.locator("#check-reports > article > ol .where").allTextContents();
  await made.click("#check-reports .where");
  await made.waitForFunction(() => globalThis.excel.selected);
  seen.selected = await excel(made, "selected");
  seen.left = await excel(made, "files");
  await look(made, "pane-check-ja-320");
  const fills = () => made.evaluate(() => globalThis.excel.sheets.flatMap((sheet) => Object.keys(sheet.fills).map((cell) => `${sheet.name}!${cell}`)));
  await made.click("#pane-mark");
  await settled(made, "#pane-unmark");
  seen.marked = { fills: await fills(), said: await made.textContent("#pane-marks p.good") };
  await look(made, "pane-marked-ja-320");
  await made.click("#pane-unmark");
  await made.waitForFunction(() => !document.querySelector("#pane-unmark"));
  seen.unmarked = await fills();

  // -- actuals pasted, the update opened as a new workbook -------------------------------------
  await made.click("#tab-actuals");
  await made.fill("#months-paste", csv);
  await made.click("#months-look");
  await settled(made, "#months-take");
  await look(made, "pane-actuals-ja-320");
  await made.click("#months-take");
  await settled(made, "#months-said p.good");
  seen.opened = await excel(made, "opened");
  seen.texts.opened = await made.textContent("#months-said p.good");

  // -- a new goal sheet: the worked example -------------------------------------------------------
  await made.click("#tab-plan");
  await look(made, "pane-plan-ja-320");
  await made.click("#plan-make");
  await settled(made, "#plan-said p.good");
  seen.made = (await excel(made, "opened")).length;
  await made.fill("#field-win_rate", "25%");
  await made.click("#plan-clear");
  const asked = await made.textContent("#plan-clear");
  await made.click("#plan-clear");
  seen.cleared = [asked, await made.inputValue("#field-win_rate")];
  await made.focus("#tab-plan");
  await made.keyboard.press("ArrowLeft");
  seen.keyboard = await made.isVisible("#months");

  // -- in English, in the dark, on the web, where Excel doesn't hand the workbook over; outside Excel; without its script ------
  const web = await opened("months", { waits: true, language: "en-US", platform: "OfficeOnline", sets: { ExcelApi: "1.17" } }, 450, "dark");
  await settled(web, "#months-book");
  seen.texts.web = await web.textContent("#months h2");
  await look(web, "pane-months-en-450-dark");
  await web.click("#tab-check");
  seen.texts.choose = await web.textContent("#check p.status");
  await look(web, "pane-check-en-450-dark");
  const apart = await opened("check", { host: null });
  await settled(apart, "#apart a");
  seen.texts.apart = await apart.textContent("#apart p.status");
  await look(apart, "pane-apart-ja-320");
  await apart.unroute(OFFICE);
  await apart.route(OFFICE, (route) => route.fulfill({ status: 404, contentType: "text/javascript", body: "" }));
  const known = seen.errors.length;
  await apart.reload();
  await settled(apart, "#apart p.status");
  seen.texts.missing = await apart.textContent("#apart p.status");
  seen.errors.length = known;
  return seen;
}
