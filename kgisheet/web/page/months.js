// The months: last month's workbook with a changed plan or new actuals; what changes, what stays, and a choice where both disagree.

import { downloadBook, element, problems } from "./dom.js";
import { plain } from "./parse.js";
import { fill, language, say } from "./texts.js";

/** @typedef {{name: string, where: string, label: string, before: string, after: string}} Change */
/** @typedef {{book: Uint8Array | null, given: Change[], kept: Change[], conflicts: Change[], overwritten: Change[], following: number, added: string[], closed: string[], problems: {what: string, fix: string}[]}} Updated */

const LISTED = 40;
const KINDS = { book: ".xlsx", plan: ".toml", csv: ".csv,.tsv,.txt" };

export class Months {
  /** @param {HTMLElement} root @param {import("./python.js").Python} python */
  constructor(root, python) {
    this.root = root;
    this.python = python;
    this.draw();
  }

  draw() {
    const look = element("button", { type: "button", class: "main", id: "months-look", "data-text": "months.look" });
    look.addEventListener("click", () => this.look());
    const before = kept(this.root);
    this.root.replaceChildren(
      element("h2", { "data-text": "months.title" }),
      element("p", { class: "quiet", "data-text": "months.about" }),
      ...this.fields(),
      element("div", { class: "actions" }, look),
      element("div", { id: "months-said", "aria-live": "polite" }),
    );
    fill(this.root);
    // Another language is no other choice: files and texts stay where they were.
    for (const [id, held] of before) {
      const input = /** @type {HTMLInputElement | null} */ (this.root.querySelector(`#${id}`));
      if (input && typeof held === "string") input.value = held;
      else if (input) put(input, /** @type {File} */ (held));
    }
    // What was found is of what was chosen then.
    for (const each of this.root.querySelectorAll("input, textarea")) each.addEventListener("input", () => this.said());
  }

  /** The text of the button below the changes. */
  get taking() {
    return "months.take";
  }

  /** @returns {Node[]} */
  fields() {
    return [file("book"), file("plan"), file("csv"), pasted(), begun()];
  }

  /** Files that were dropped, each where its kind belongs. @param {File[]} files */
  drop(files) {
    this.said();
    for (const each of files) {
      const kind = Object.entries(KINDS).find(([, endings]) => endings.split(",").some((end) => each.name.toLowerCase().endsWith(end)));
      const input = /** @type {HTMLInputElement | null} */ (kind ? document.getElementById(`months-${kind[0]}`) : null);
      if (!input) {
        this.said(element("p", { class: "wrong" }, say("months.kind", { name: each.name })));
        continue;
      }
      put(input, each);
    }
  }

  /** The workbook that is brought up to date; null where none was chosen. @returns {Promise<{name: string, bytes: Uint8Array} | null>} */
  async book() {
    const book = chosen("book");
    if (!book) this.said(element("p", { class: "wrong" }, say("months.missing")));
    return book && { name: book.name, bytes: new Uint8Array(await book.arrayBuffer()) };
  }

  /** Hand the workbook over; says what became of it. @param {Uint8Array} book @param {string} name */
  async give(book, name) {
    downloadBook(book, name);
    return say("plan.made", { name });
  }

  /** What was chosen: of several conflicts those in which the plan wins. @param {string[]} take @returns {Promise<Updated | null>} */
  async asked(take) {
    const [plan, csv] = [chosen("plan"), chosen("csv")];
    const typed = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("months-paste"))?.value ?? "";
    const actuals = csv ? new Uint8Array(await csv.arrayBuffer()) : new TextEncoder().encode(typed.replaceAll("\t", ","));
    this.said(element("p", {}, say("months.working")));
    try {
      const book = await this.book();
      if (!book) return null;
      return await this.python.ask("monthly", book.bytes, book.name, plan ? await plan.text() : "", actuals, csv?.name ?? "actuals.csv", take, language(), start());
    } catch (bad) {
      this.said(element("p", { class: "wrong" }, String(/** @type {Error} */ (bad).message)));
      return null;
    }
  }

  async look() {
    const found = await this.asked([]);
    if (!found) return;
    const wrong = found.problems.length ? element("div", { class: "wrong" }, problems(found.problems)) : "";
    if (!found.book) {
      this.said(wrong);
      return;
    }
    const { given, kept, conflicts, overwritten, following, added, closed } = found;
    const take = element("button", { type: "button", class: "main", id: "months-take" }, say(this.taking));
    take.addEventListener("click", () => this.take());
    this.said(
      wrong,
      conflicts.length ? choices(conflicts) : "",
      listed("months.overwritten", overwritten, true),
      listed("months.given", given, true),
      following ? element("p", {}, say("months.following", { count: following })) : "",
      added.length ? element("p", {}, say("months.added", { tabs: added.join(", ") })) : "",
      closed.length ? element("p", {}, say("months.closed", { tabs: closed.join(", ") })) : "",
      given.length + overwritten.length + following + added.length + closed.length + conflicts.length === 0 ? element("p", { class: "status" }, say("months.nothing")) : "",
      listed("months.kept", kept, false),
      element("div", { class: "actions" }, take),
    );
  }

  async take() {
    const ours = /** @type {NodeListOf<HTMLInputElement>} */ (this.root.querySelectorAll('input[value="ours"]:checked'));
    const names = [...ours].map((each) => each.dataset.cell ?? "");
    const found = await this.asked(names);
    if (!found?.book) return;
    const name = chosen("book")?.name ?? "goal.xlsx";
    const named = start() ? name.replace(/(\.xlsx)?$/i, `_${start().match(/\d+/g)?.join("-")}.xlsx`) : name;
    try {
      this.said(element("p", { class: "status good" }, await this.give(found.book, named)));
    } catch (bad) {
      this.said(element("p", { class: "wrong" }, String(/** @type {Error} */ (bad).message)));
    }
  }

  /** @param {...(Node | string)} nodes */
  said(...nodes) {
    this.root.querySelector("#months-said")?.replaceChildren(...nodes.filter((each) => each !== ""));
  }
}

/** A file to choose: its name is shown beside the button. @param {keyof typeof KINDS} name */
export function file(name) {
  const id = `months-${name}`;
  const input = element("input", { type: "file", id, class: "hidden", accept: KINDS[name] });
  input.addEventListener("change", () => named(/** @type {HTMLInputElement} */ (input)));
  const made = element(
    "label", { class: "pick", for: id },
    element("span", { class: "label", "data-text": `months.${name}` }), input,
    element("span", { class: "button", "data-text": "months.choose" }), element("span", { class: "quiet name", "data-text": "months.none" }),
  );
  for (const kind of ["dragover", "drop"]) made.addEventListener(kind, (event) => event.preventDefault());
  made.addEventListener("drop", (event) => {
    const [file] = /** @type {DragEvent} */ (event).dataTransfer?.files ?? [];
    if (file) put(/** @type {HTMLInputElement} */ (input), file);
    event.stopPropagation();
  });
  return made;
}

/** What was chosen and typed, by the field. @param {HTMLElement} root @returns {[string, File | string][]} */
function kept(root) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll('input[type="file"], input[type="text"], textarea'));
  return [...fields].flatMap((each) => {
    const held = each.type === "file" ? each.files?.[0] : each.value;
    return held ? [/** @type {[string, File | string]} */ ([each.id, held])] : [];
  });
}

/** A file that was dropped, as if it had been chosen. @param {HTMLInputElement} input @param {File} file */
function put(input, file) {
  const held = new DataTransfer();
  held.items.add(file);
  input.files = held.files;
  named(input);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLInputElement} input */
function named(input) {
  const name = input.parentElement?.querySelector(".name");
  if (name) name.textContent = input.files?.[0]?.name ?? say("months.none");
}

export const pasted = () => element("div", { class: "row" }, element("label", { for: "months-paste", "data-text": "months.paste" }), element("textarea", { id: "months-paste", rows: "4", spellcheck: "false", placeholder: say("months.example") }));

export const begun = () => element("div", { class: "row" }, element("label", { for: "months-start", "data-text": "months.start" }), element("input", { type: "text", id: "months-start", class: "month", autocomplete: "off" }));

/** @param {string} name @returns {File | null} */
const chosen = (name) => /** @type {HTMLInputElement | null} */ (document.getElementById(`months-${name}`))?.files?.[0] ?? null;

/** The first month of a new year; "" for none. */
const start = () => plain(/** @type {HTMLInputElement | null} */ (document.getElementById("months-start"))?.value ?? "");

/** @param {string} value */
const shown = (value) => value || say("months.blank");

/** @param {string} title @param {Change[]} changes @param {boolean} moves */
function listed(title, changes, moves) {
  if (!changes.length) return "";
  const rows = changes.slice(0, LISTED).map((each) => element("li", {}, element("span", { class: "where" }, each.where), ` ${each.label}: `, moves ? `${shown(each.before)} → ${shown(each.after)}` : shown(each.before)));
  if (changes.length > LISTED) rows.push(element("li", {}, `… +${changes.length - LISTED}`));
  return element("details", { open: moves ? "" : null }, element("summary", {}, say(title, { count: changes.length })), element("ul", {}, ...rows));
}

/** @param {Change[]} conflicts */
function choices(conflicts) {
  const rows = conflicts.map((each, at) => {
    const options = [["theirs", each.before], ["ours", each.after]].map(([side, value]) => element(
      "label", { class: "option" },
      element("input", { type: "radio", name: `conflict-${at}`, value: side, "data-cell": each.where, checked: side === "theirs" ? "" : null }),
      element("span", {}, say(`months.${side}`, { value: shown(value) })),
    ));
    return element("fieldset", { class: "conflict" }, element("legend", {}, `${each.where} ${each.label}`), ...options);
  });
  return element("section", { class: "conflicts" }, element("h3", {}, say("months.conflicts", { count: conflicts.length })), ...rows);
}
