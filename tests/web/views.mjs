// Every view of the page, in both languages, three widths, light and dark, and printed: views.mjs CHROMIUM FOLDER CONFIG.
// Puts the pictures into the folder that CONFIG names, and prints what accessibility or the window's width have against them.
import fs from "node:fs";
import path from "node:path";
import { launched, looked, served } from "./browser.mjs";

const [, , program, folder, config] = process.argv;
const { files, months, shots, policy } = JSON.parse(fs.readFileSync(config, "utf8"));
const WIDTHS = [390, 820, 1280];
const seen = { axe: [], wide: [], errors: [] };
const server = await served(folder, () => policy);
const browser = await launched(program);

for (const lang of ["ja", "en"]) {
  const context = await browser.newContext({ locale: { ja: "ja-JP", en: "en-US" }[lang], acceptDownloads: true });
  const page = await context.newPage();
  page.on("pageerror", (bad) => seen.errors.push(bad.message));
  page.on("console", (said) => said.type() === "error" && seen.errors.push(said.text()));
  const look = async (name) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await looked(page, `${name}-${lang}-${width}-${colorScheme}`, seen, shots);
      }
    }
  };
  const waited = (selector) => page.waitForSelector(selector, { timeout: 120_000 });

  await page.goto(server.home);
  await page.waitForFunction(() => document.querySelector('output[data-figure="won_deals"]')?.textContent);
  await look("plan");
  await page.pdf({ path: path.join(shots, `printed-${lang}.pdf`), format: "A4" });
  for (const [field, text] of [["win_rate", "130%"], ["deal_size", "many"], ["share-0", "50"]]) await page.fill(`#field-${field}`, text);
  await page.click("#plan-make");
  await waited("#plan-said .problems");
  await look("problems");
  page.on("dialog", (dialog) => dialog.accept());
  await page.click("#plan-clear");
  await look("empty");
  await page.click("#tab-months");
  await look("months-empty");
  await page.setInputFiles("#months-book", months.book);
  await page.setInputFiles("#months-plan", months.plan);
  await page.click("#months-look");
  await waited("#months-take");
  await look("months");
  await page.click("#tab-check");
  await look("check-empty");
  await page.setInputFiles("#check-files", files.map((each) => each.path));
  await page.waitForFunction((many) => document.querySelectorAll(".report").length === many && !document.querySelector(".report .stop"), files.length, { timeout: 120_000 });
  await page.evaluate(() => document.querySelectorAll(".report details").forEach((each) => { each.open = true; }));
  await look("check");
  await context.close();
}
await browser.close();
server.close();
console.log(JSON.stringify(seen));
