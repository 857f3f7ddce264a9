// The page: its views as tabs, its language, and Python behind it.

import { Check } from "./check.js";
import { Gather } from "./gather.js";
import { kept } from "./kept.js";
import { Months } from "./months.js";
import { Plan } from "./plan.js";
import { Python } from "./python.js";
import { choose, fill, language } from "./texts.js";

const KEPT = "kgisheet.language";
const VIEWS = ["plan", "months", "check", "gather"];

/** @param {string} id @returns {HTMLElement} */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

choose(localStorage.getItem(KEPT) ?? (navigator.language.startsWith("ja") ? "ja" : "en"));
const chosen = /** @type {HTMLSelectElement} */ (at("language"));
chosen.value = language();

const python = new Python((text, start) => {
  at("python").textContent = text;
  at("python").dataset.start = start ?? "";
}, kept((data) => python.heard(data)));
const views = { plan: new Plan(at("plan"), python), months: new Months(at("months"), python), check: new Check(at("check"), python), gather: new Gather(at("gather"), python) };
fill(document);

chosen.addEventListener("change", () => {
  choose(chosen.value);
  localStorage.setItem(KEPT, language());
  fill(document);
  for (const view of Object.values(views)) view.draw();
});

/** @param {string} name */
function show(name) {
  for (const each of VIEWS) {
    const tab = at(`tab-${each}`);
    tab.setAttribute("aria-selected", String(each === name));
    tab.tabIndex = each === name ? 0 : -1;
    at(each).hidden = each !== name;
  }
}

for (const [index, name] of VIEWS.entries()) {
  const tab = at(`tab-${name}`);
  tab.addEventListener("click", () => show(name));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = VIEWS[(index + step + VIEWS.length) % VIEWS.length];
    show(next);
    at(`tab-${next}`).focus();
  });
}

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer?.files.length || /** @type {Element} */ (event.target).closest?.(".drop")) return;
  const files = [...event.dataTransfer.files];
  if (!at("months").hidden) {
    views.months.drop(files);
    return;
  }
  const view = at("gather").hidden ? "check" : "gather";
  show(view);
  views[view].take(files);
});

// The first figures are there; Python is fetched meanwhile.
(globalThis.requestIdleCallback ?? setTimeout)(() => python.start());
