// The pane in Excel: its views by the button that opened it, its language by Excel's, Python behind it as behind the page.

import "./pane_texts.js";
import { element } from "./dom.js";
import { kept } from "./kept.js";
import * as excel from "./office_host.js";
import { PaneMonths, PanePlan } from "./pane_book.js";
import { PaneCheck } from "./pane_check.js";
import { Python } from "./python.js";
import { choose, fill, say } from "./texts.js";

const VIEWS = ["check", "months", "plan", "actuals"];
const ROOTS = { check: "check", months: "months", plan: "plan", actuals: "months" };

/** @param {string} id @returns {HTMLElement} */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} tag */
const speak = (tag) => choose(tag.toLowerCase().startsWith("ja") ? "ja" : "en");

/** What is said instead of the views, outside Excel or without its script. @param {"elsewhere" | "missing"} where */
function apart(where) {
  speak(navigator.language);
  const page = element("p", {}, element("a", { href: "./" }, say("pane.page")));
  at("apart").replaceChildren(element("p", { class: "status" }, say(`pane.${where}`)), ...(where === "elsewhere" ? [page] : []));
  at("apart").hidden = false;
}

function start() {
  speak(excel.language());
  const python = new Python((text) => {
    at("python").textContent = text;
  }, kept((data) => python.heard(data)));
  python.start();
  /** @type {{check?: PaneCheck, plan?: PanePlan, months?: PaneMonths}} */
  const made = {};

  /** @param {string} name */
  function show(name) {
    const view = /** @type {keyof typeof ROOTS} */ (VIEWS.includes(name) ? name : VIEWS[0]);
    for (const each of VIEWS) {
      at(`tab-${each}`).setAttribute("aria-selected", String(each === view));
      at(`tab-${each}`).tabIndex = each === view ? 0 : -1;
    }
    for (const each of new Set(Object.values(ROOTS))) at(each).hidden = each !== ROOTS[view];
    at(ROOTS[view]).setAttribute("aria-labelledby", `tab-${view}`);
    if (view === "check") made.check ??= new PaneCheck(at("check"), python);
    else if (view === "plan") made.plan ??= new PanePlan(at("plan"), python);
    else (made.months ??= new PaneMonths(at("months"), python)).turn(view);
  }

  for (const [index, name] of VIEWS.entries()) {
    at(`tab-${name}`).addEventListener("click", () => show(name));
    at(`tab-${name}`).addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      const next = VIEWS[(index + step + VIEWS.length) % VIEWS.length];
      show(next);
      at(`tab-${next}`).focus();
    });
  }
  fill(document);
  at("tabs").setAttribute("aria-label", say("pane.views"));
  at("inside").hidden = false;
  show(new URLSearchParams(location.search).get("view") ?? VIEWS[0]);
}

const where = await excel.ready();
if (where === "excel") start();
else apart(where);
