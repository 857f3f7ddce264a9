// The views of the pane that make a workbook: a new goal sheet, the monthly update and actuals; each opens beside the open one.

import { element } from "./dom.js";
import { begun, file, Months, pasted } from "./months.js";
import * as excel from "./office_host.js";
import { Plan } from "./plan.js";
import { fill, say } from "./texts.js";

/** @param {Uint8Array} book */
async function opened(book) {
  await excel.open(book);
  return say("pane.opened");
}

export class PanePlan extends Plan {
  /** @returns {[string, string, () => void, string][]} */
  ways() {
    return [["pane.make", "make", () => this.make(), "main"], ["plan.clear", "clear", () => this.clear(), ""]];
  }

  /** @param {Uint8Array} book */
  async give(book) {
    return opened(book);
  }

  /** Office puts an address's end to its own use, and takes the history's methods away. */
  unlink() {}

  /** Asked by the button itself: Office has no question to be answered (confirm). */
  sure() {
    const button = /** @type {HTMLElement} */ (this.root.querySelector("#plan-clear"));
    if (!button.classList.toggle("sure")) return true;
    button.textContent = say("pane.clear.sure");
    const again = () => {
      button.classList.remove("sure");
      button.textContent = say("plan.clear");
    };
    button.addEventListener("blur", again, { once: true });
    return false;
  }
}

/** The update by a plan's file, or by actuals: one view, with the fields of one or of the other. */
export class PaneMonths extends Months {
  /** @param {HTMLElement} root @param {import("./python.js").Python} python */
  constructor(root, python) {
    super(root, python);
    /** @type {"months" | "actuals" | null} */
    this.kind = null;
  }

  /** @param {"months" | "actuals"} kind */
  turn(kind) {
    if (kind === this.kind) return;
    this.kind = kind;
    this.draw();
    const [title, about] = this.root.querySelectorAll("h2, p");
    title.setAttribute("data-text", `pane.${kind}.title`);
    about.setAttribute("data-text", `pane.${kind}.about`);
    for (const [name, text] of [["csv", "pane.csv"], ["plan", "pane.toml"]]) this.root.querySelector(`[for="months-${name}"] .label`)?.setAttribute("data-text", text);
    fill(this.root);
  }

  get taking() {
    return "pane.take";
  }

  fields() {
    const saved = excel.readable() ? [] : [element("p", { class: "status", "data-text": "pane.choose" }), file("book")];
    return this.kind === "actuals" ? [...saved, file("csv"), pasted()] : [...saved, file("plan"), begun()];
  }

  async book() {
    return excel.readable() ? excel.book() : super.book();
  }

  /** @param {Uint8Array} book */
  async give(book) {
    return opened(book);
  }
}
