// The workbooks that came back: dropped in together, read one after another, and one summary of all of them.

import { downloadBook, dropped, element, problems } from "./dom.js";
import { Stopped } from "./python.js";
import { fill, language, say } from "./texts.js";

/** @typedef {{name: string, manager: string, state: string, errors: number, remarks: string[]}} Listed */
/** @typedef {{book: Uint8Array | null, said: string[], files: Listed[], problems: import("./dom.js").Problem[]}} Summary */

const RECORD = /\.json$/i;

export class Gather {
  /** @param {HTMLElement} root @param {import("./python.js").Python} python */
  constructor(root, python) {
    this.root = root;
    this.python = python;
    /** @type {File[]} */
    this.files = [];
    this.runs = 0;
    this.draw();
  }

  draw() {
    this.root.replaceChildren(
      element("h2", { "data-text": "gather.title" }),
      element("p", { class: "quiet", "data-text": "gather.about" }),
      dropped("gather-files", "gather.drop", ".xlsx,.xlsm,.ods,.csv,.tsv,.json", (files) => this.take(files)),
      element("div", { id: "gather-said", "aria-live": "polite" }),
    );
    fill(this.root);
    this.take(this.files);
  }

  /** @param {File[]} files */
  async take(files) {
    if (!files.length) return;
    this.files = files;
    this.runs += 1;
    const run = this.runs;
    try {
      const found = await this.summed(files, run);
      if (found && run === this.runs) this.told(found);
    } catch (bad) {
      if (run !== this.runs) return;
      this.said(element("p", { class: "wrong" }, bad instanceof Stopped ? say("gather.stopped") : String(/** @type {Error} */ (bad).message)));
    }
  }

  /** Each file is let go when it has been read: of hundreds, one is held at a time. @param {File[]} files @param {number} run @returns {Promise<Summary | null>} */
  async summed(files, run) {
    const record = files.find((each) => RECORD.test(each.name));
    const books = files.filter((each) => !RECORD.test(each.name));
    const keys = [];
    for (const [at, name] of apart(books).entries()) {
      this.working(name, at + 1, books.length);
      keys.push(await this.python.ask("answer", new Uint8Array(await books[at].arrayBuffer()), name, language()));
      if (run !== this.runs) return null; // others were dropped meanwhile, or the language is another one
    }
    return this.python.ask("collect", keys, record ? new Uint8Array(await record.arrayBuffer()) : new Uint8Array(), record?.name ?? "", language());
  }

  /** @param {string} name @param {number} at @param {number} all */
  working(name, at, all) {
    const stop = element("button", { type: "button", class: "small stop" }, say("check.stop"));
    stop.addEventListener("click", () => this.python.end());
    this.said(element("p", {}, say("gather.working", { name, at, all }), " ", stop));
  }

  /** @param {Summary} found */
  told({ book, said, files, problems: wrong }) {
    if (!book) {
      this.said(element("div", { class: "wrong" }, problems(wrong)));
      return;
    }
    const take = element("button", { type: "button", class: "main", id: "gather-take" }, say("gather.take"));
    take.addEventListener("click", () => downloadBook(book, say("gather.name")));
    const heads = ["file", "manager", "state", "errors", "remarks"].map((each) => element("th", { scope: "col" }, say(`gather.${each}`)));
    const rows = files.map((each) => element(
      "tr", {},
      ...[each.name, each.manager, each.state, each.errors ? String(each.errors) : ""].map((text) => element("td", {}, text)),
      element("td", {}, ...each.remarks.map((text) => element("p", {}, text))),
    ));
    this.said(
      ...said.map((line, at) => element("p", { class: at ? "" : "status" }, line)),
      element("div", { class: "actions" }, take),
      element("div", { class: "scroll listed" }, element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows))),
    );
  }

  /** @param {...(Node | string)} nodes */
  said(...nodes) {
    this.root.querySelector("#gather-said")?.replaceChildren(...nodes);
  }
}

/** The files' names; those of the same name in other folders are told from one another. @param {File[]} files @returns {string[]} */
function apart(files) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return files.map((each) => {
    const many = (seen.get(each.name) ?? 0) + 1;
    seen.set(each.name, many);
    return many === 1 ? each.name : each.name.replace(/(\.[^.]*)?$/, ` (${many})$1`);
  });
}
