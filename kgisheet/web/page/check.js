// The check: files dropped in, what is wrong with each in words, and the sheet drawn with the cells marked.

import { download, downloadBook, dropped, element, told } from "./dom.js";
import { Stopped } from "./python.js";
import { fill, language, say } from "./texts.js";

/** @typedef {{code: string, severity: "error" | "warning" | "note", sheet: string | null, cell: string | null, found: unknown, expected: unknown, message: string, fix: string}} Finding */
/** @typedef {{title: string, rows: Record<string, Record<string, {text: string, number?: boolean}>>, merged: number[][], hidden_cols: number[], hidden_rows: number[], more: boolean}} Drawn */

const GRAVE = ["error", "warning"];

export class Check {
  /** @param {HTMLElement} root @param {import("./python.js").Python} python */
  constructor(root, python) {
    this.root = root;
    this.python = python;
    /** @type {File[]} */
    this.files = [];
    this.draw();
  }

  draw() {
    const drop = dropped("check-files", "check.drop", ".xlsx,.xlsm,.ods,.csv,.tsv", (files) => this.take(files));
    this.root.replaceChildren(element("h2", { "data-text": "check.title" }), drop, element("div", { id: "check-reports", "aria-live": "polite" }));
    fill(this.root);
    this.take(this.files);
  }

  /** @param {File[]} files */
  async take(files) {
    if (!files.length) return;
    this.files = files;
    const reports = /** @type {HTMLElement} */ (this.root.querySelector("#check-reports"));
    reports.replaceChildren();
    for (const file of files) {
      const place = reports.appendChild(element("article", { class: "report" }));
      await this.one(file, place);
    }
  }

  /** @param {File} file @param {HTMLElement} place */
  async one(file, place) {
    const stop = element("button", { type: "button", class: "small stop" }, say("check.stop"));
    stop.addEventListener("click", () => this.python.end());
    place.append(element("p", {}, say("check.working", { name: file.name }), " ", stop));
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const found = await this.python.ask("check", bytes, file.name, language());
      place.replaceChildren(...this.told(file, found));
    } catch (bad) {
      const why = bad instanceof Stopped ? say("check.stopped", { name: file.name }) : String(/** @type {Error} */ (bad).message);
      place.replaceChildren(element("p", { class: "wrong" }, why));
    }
  }

  /** @param {File} file @param {{report: any, problem: import("./dom.js").Problem | null, read: {where: string, label: string, shown: string}[], sheets: Drawn[], page: string}} found */
  told(file, { report, problem, read, sheets, page }) {
    /** @type {Finding[]} */
    const findings = report.findings;
    const count = (/** @type {string} */ kind) => findings.filter((each) => each.severity === kind).length;
    const said = report.status === "findings" ? say("check.findings", { errors: count("error"), warnings: count("warning") }) : say(`check.${report.status}`);
    const notes = findings.filter((each) => each.severity === "note");
    return [
      element("h3", {}, file.name),
      element("p", { class: report.status === "ok" ? "status good" : "status" }, said, problem ? `: ${told(problem)}` : ""),
      element("ol", { class: "findings" }, ...findings.filter((each) => GRAVE.includes(each.severity)).map((each) => this.finding(each))),
      notes.length ? element("details", {}, element("summary", {}, say("check.notes", { count: notes.length })), element("ol", { class: "findings" }, ...notes.map((each) => this.finding(each)))) : "",
      read.length ? element("details", {}, element("summary", {}, say("check.read", { count: read.length })), element("ul", {}, ...read.map(({ where, label, shown }) => element("li", {}, element("span", { class: "where" }, where), ` ${label}: ${shown}`)))) : "",
      ...this.after(file, { report, sheets, page }),
    ].filter((each) => each !== "");
  }

  /** What is below the findings: copies to take along, the sheets. @param {File} file @param {{report: any, sheets: Drawn[], page: string}} found @returns {(Node | string)[]} */
  after(file, { report, sheets, page }) {
    if (report.status === "unreadable") return [];
    const take = element("div", { class: "actions" }, this.button("check.report", () => download(new TextEncoder().encode(page), `${file.name}.html`, "text/html")));
    if (/\.xlsx$/i.test(file.name)) take.prepend(this.button("check.annotated", () => this.annotated(file)));
    return [take, ...sheets.map((each) => drawn(each, report.findings, file.name))];
  }

  /** @param {Finding} each */
  finding(each) {
    const where = each.cell ? `${each.sheet}!${each.cell}` : say("check.whole");
    const place = each.cell
      ? element("a", { href: "#", class: "where" }, where)
      : element("span", { class: "where" }, where);
    place.addEventListener("click", (event) => {
      event.preventDefault();
      this.go(each);
    });
    return element(
      "li", { class: each.severity },
      element("p", {}, element("span", { class: "kind" }, say(each.severity)), " ", place, " ", element("span", { class: "code" }, each.code)),
      element("p", {}, each.message),
      each.fix ? element("p", { class: "fix" }, `→ ${each.fix}`) : "",
    );
  }

  /** To the cell of a finding. @param {Finding} each */
  go(each) {
    const cell = this.root.querySelector(`[data-cell="${CSS.escape(`${each.sheet}!${each.cell}`)}"]`);
    cell?.scrollIntoView({ block: "center", inline: "center" });
    /** @type {HTMLElement | null} */ (cell)?.focus();
  }

  /** @param {File} file */
  async annotated(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const copy = await this.python.ask("annotate", bytes, file.name, language());
    downloadBook(copy, file.name.replace(/\.xlsx$/i, language() === "ja" ? "_検査.xlsx" : "_checked.xlsx"));
  }

  /** @param {string} text @param {() => void} act */
  button(text, act) {
    const made = element("button", { type: "button" }, say(text));
    made.addEventListener("click", act);
    return made;
  }
}

/** A sheet as a table, with row numbers and column letters. @param {Drawn} sheet @param {Finding[]} findings @param {string} file */
function drawn(sheet, findings, file) {
  /** @type {Map<string, Finding>} */
  const marked = new Map();
  for (const each of findings) if (each.sheet === sheet.title && each.cell && !marked.has(each.cell)) marked.set(each.cell, each);
  const rows = Object.keys(sheet.rows).map(Number);
  const cols = Object.values(sheet.rows).flatMap((row) => Object.keys(row).map(Number));
  for (const cell of marked.keys()) {
    const at = placeOf(cell);
    rows.push(at.row);
    cols.push(at.col);
  }
  const [lastRow, lastCol] = [Math.max(-1, ...rows), Math.max(-1, ...cols)];
  const columns = range(lastCol + 1).filter((col) => !sheet.hidden_cols.includes(col));
  const covered = new Set();
  const spans = new Map();
  for (const [top, left, bottom, right] of sheet.merged) {
    spans.set(`${top},${left}`, [bottom - top + 1, columns.filter((col) => col >= left && col <= right).length]);
    for (let row = top; row <= bottom; row += 1) for (let col = left; col <= right; col += 1) if (row !== top || col !== left) covered.add(`${row},${col}`);
  }
  const body = range(lastRow + 1).filter((row) => !sheet.hidden_rows.includes(row)).map((row) => element(
    "tr", {},
    element("th", { scope: "row" }, String(row + 1)),
    ...columns.filter((col) => !covered.has(`${row},${col}`)).map((col) => {
      const held = sheet.rows[row]?.[col];
      const name = `${letters(col)}${row + 1}`;
      const finding = marked.get(name);
      const [down, across] = spans.get(`${row},${col}`) ?? [1, 1];
      return element("td", {
        class: [held?.number ? "number" : "", finding?.severity ?? ""].join(" ").trim(),
        "data-cell": finding ? `${sheet.title}!${name}` : null,
        tabindex: finding ? "0" : null,
        title: finding ? `${finding.message} → ${finding.fix}` : null,
        rowspan: down > 1 ? String(down) : null,
        colspan: across > 1 ? String(across) : null,
      }, held?.text ?? "");
    }),
  ));
  const head = element("tr", {}, element("td", {}), ...columns.map((col) => element("th", { scope: "col" }, letters(col))));
  const name = say("check.sheet", { title: sheet.title });
  return element(
    "details", { class: "sheet", open: marked.size ? "" : null },
    element("summary", {}, name),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${file}: ${name}` }, element("table", {}, element("thead", {}, head), element("tbody", {}, ...body))),
    sheet.more ? element("p", { class: "quiet" }, say("check.more")) : "",
  );
}

/** @param {number} count */
const range = (count) => Array.from({ length: count }, (_, at) => at);

/** @param {number} col from 0 @returns {string} */
const letters = (col) => (col < 26 ? "" : letters(Math.floor(col / 26) - 1)) + String.fromCharCode(65 + (col % 26));

/** @param {string} cell */
function placeOf(cell) {
  const [, name, row] = /^([A-Z]+)(\d+)$/.exec(cell) ?? ["", "A", "1"];
  return { row: Number(row) - 1, col: [...name].reduce((sum, each) => sum * 26 + each.charCodeAt(0) - 64, 0) - 1 };
}
