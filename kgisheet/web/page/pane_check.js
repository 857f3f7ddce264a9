// The check of the open workbook, in the pane: findings whose cells Excel selects, marks in the cells, and those taken away again.

import { Check } from "./check.js";
import { element } from "./dom.js";
import * as excel from "./office_host.js";
import { fill, say } from "./texts.js";

/** @typedef {import("./check.js").Finding} Finding */
/** @typedef {import("./office_host.js").Wanted} Wanted */

const MOST = 200;

/** @param {unknown} bad */
const message = (bad) => String(bad instanceof Error ? bad.message : bad);

export class PaneCheck extends Check {
  /** What can be marked; there once a check has ended. @type {Wanted[] | undefined} */
  cells;

  draw() {
    const again = element("button", { type: "button", class: "main", id: "pane-check", "data-text": "pane.check.again" });
    again.addEventListener("click", () => this.open());
    const parts = excel.readable()
      ? [element("div", { class: "actions" }, again)]
      : [element("p", { class: "status", "data-text": "pane.choose" }), this.chooser()];
    this.root.replaceChildren(
      element("h2", { "data-text": "pane.check.title" }),
      ...parts,
      element("div", { class: "actions", id: "pane-buttons" }),
      element("div", { id: "pane-marks", "aria-live": "polite" }),
      element("div", { id: "check-reports", "aria-live": "polite" }),
    );
    fill(this.root);
    if (excel.readable()) this.open();
  }

  chooser() {
    const input = /** @type {HTMLInputElement} */ (element("input", { type: "file", accept: ".xlsx,.xlsm", id: "check-files" }));
    input.addEventListener("change", () => this.take([...(input.files ?? [])]));
    return element("div", { class: "row" }, element("label", { for: "check-files", "data-text": "months.book" }), input);
  }

  /** Check the open workbook. */
  async open() {
    this.marks();
    const button = this.root.querySelector("#pane-check");
    button?.setAttribute("disabled", "");
    try {
      const { name, bytes } = await excel.book();
      await this.take([new File([/** @type {BlobPart} */ (bytes)], name)]);
    } catch (bad) {
      this.root.querySelector("#check-reports")?.replaceChildren(element("p", { class: "wrong" }, message(bad)));
    } finally {
      button?.removeAttribute("disabled");
    }
  }

  /** @param {File} _file @param {{report: any}} found */
  after(_file, { report }) {
    /** @type {Map<string, Wanted>} */
    const cells = new Map();
    this.cells = [];
    for (const each of /** @type {Finding[]} */ (report.findings)) {
      if (!each.cell || !each.sheet || each.severity === "note") continue;
      const key = `${each.sheet}!${each.cell}`;
      const text = each.fix ? `${each.message}\n→ ${each.fix}` : each.message;
      const known = cells.get(key);
      // The first is the gravest.
      if (known) known.text += `\n\n${text}`;
      else cells.set(key, { sheet: each.sheet, cell: each.cell.split(":")[0], text: `KGI: ${text}`, severity: each.severity });
    }
    this.cells = [...cells.values()];
    this.marks();
    return [];
  }

  /** @param {Finding} each */
  async go(each) {
    try {
      await excel.select(String(each.sheet), String(each.cell));
      this.said();
    } catch (bad) {
      this.said(element("p", { class: "wrong" }, message(bad)));
    }
  }

  async mark() {
    /** @type {Wanted[]} */
    const cells = this.cells ?? [];
    this.said(element("p", {}, say("pane.check.marking")));
    try {
      const done = await excel.mark(cells.slice(0, MOST));
      const more = cells.length > MOST ? [element("p", {}, say("pane.check.most", { most: MOST }))] : [];
      this.said(element("p", { class: "good" }, say("pane.check.marked", { cells: done.cells, comments: done.comments })), ...more, ...left(done));
      await this.marks();
    } catch (bad) {
      this.said(element("p", { class: "wrong" }, message(bad)));
    }
  }

  async unmark() {
    this.said(element("p", {}, say("pane.check.unmarking")));
    try {
      const done = await excel.unmark();
      const stay = done.stay ? [element("p", {}, say("pane.check.stay", { count: done.stay }))] : [];
      this.said(...(done.left.length ? left(done) : [element("p", { class: "good" }, say("pane.check.unmarked"))]), ...stay);
      await this.marks();
    } catch (bad) {
      this.said(element("p", { class: "wrong" }, message(bad)));
    }
  }

  /** The buttons for what can be marked, and for the marks that there are. */
  async marks() {
    const has = await excel.marked().catch(() => false);
    const mark = this.button("pane.check.mark", () => this.mark());
    mark.id = "pane-mark";
    const unmark = this.button("pane.check.unmark", () => this.unmark());
    unmark.id = "pane-unmark";
    const place = this.root.querySelector("#pane-buttons");
    const focused = place?.contains(document.activeElement);
    place?.replaceChildren(...(this.cells?.length ? [mark] : []), ...(has ? [unmark] : []));
    if (focused) (has ? unmark : mark).focus();
  }

  /** @param {...Node} nodes */
  said(...nodes) {
    this.root.querySelector("#pane-marks")?.replaceChildren(...nodes);
  }
}

/** @param {{left: {sheet: string, why: string}[]}} done */
const left = (done) => done.left.map((each) => element("p", { class: "wrong" }, say("pane.left", { sheet: each.sheet, why: each.why })));
