// The plan: the worksheet's own order as a form, each figure worked out at once, the workbook made by Python.

import * as q from "./exact.js";
import { broken, download, downloadBook, element, linkOf, planOf, problems, told, remember, remembered } from "./dom.js";
import { FIELDS, markWrong, note, to, understood, usual } from "./fields.js";
import { form } from "./form.js";
import { Sheet } from "./sheet.js";
import { template as short } from "./figures.short.js";
import { template as standard } from "./figures.standard.js";
import { fill, language, say } from "./texts.js";

/** @typedef {import("./sheet.js").Template} Template */
/** @typedef {import("./exact.js").Value} Value */
/** @typedef {{stage: boolean, example: boolean, single: Record<string, string>, channel: Record<string, string>[]}} Typed */

const TEMPLATES = { standard, short };
const STAGE = "opportunity_rate";
const CHAIN = ["total_revenue", "web_revenue", "deal_size"];
const RATES = ["win_rate", STAGE];
const ABOUT = ["title", "owner", "date", "period", "start"];
const ROWS = [
  ["share", null, "share_total", null],
  [null, "channel_meetings", "meetings", "meetings_per_month"],
  ["meeting_rate", null, null, null],
  [null, "channel_leads", "leads", "leads_per_month"],
  ["cvr", null, null, null],
  [null, "channel_visits", "visits", "visits_per_month"],
];
const STEPS = { channel_meetings: "④", channel_leads: "⑤", channel_visits: "⑥", won_deals: "②", opportunities: "③", required_meetings: "④" };

export class Plan {
  /** @param {HTMLElement} root @param {import("./python.js").Python} python */
  constructor(root, python) {
    this.root = root;
    this.python = python;
    this.typed = planOf(location.hash) ?? planOf(remembered()) ?? example();
    this.draw();
    addEventListener("beforeprint", () => this.unfold());
  }

  get of() {
    return this.typed.stage ? "standard" : "short";
  }

  /** The whole form anew: at the start, in another language, with a channel more or less. */
  draw() {
    if (this.typed.example) this.typed = { ...example(this.typed.stage), stage: this.typed.stage };
    const { typed } = this;
    this.root.replaceChildren(
      element("h2", { "data-text": "plan.title" }),
      element("p", { class: "quiet", id: "plan-example", "data-text": "plan.example", hidden: typed.example ? null : "" }),
      element("p", { class: "status", id: "plan-status", role: "status" }),
      element("form", { id: "plan-form", autocomplete: "off", novalidate: "" }, this.chain(), this.grid(), this.about()),
      this.actions(),
      element("div", { id: "plan-said", role: "status" }),
    );
    fill(this.root);
    const formed = /** @type {HTMLFormElement} */ (this.root.querySelector("form"));
    formed.addEventListener("input", (event) => this.changed(/** @type {HTMLInputElement} */ (event.target)));
    formed.addEventListener("submit", (event) => event.preventDefault());
    this.update();
  }

  // -- the form ------------------------------------------------------------------

  chain() {
    const { stage } = this.typed;
    const steps = [
      this.labelled("total_revenue"), led(say("plan.part"), this.labelled("web_revenue")), led("=", this.figure("won_deals")), led("×", this.labelled("deal_size")),
    ];
    const opportunities = [led("=", this.figure("opportunities")), led("÷", this.labelled(STAGE))];
    const rates = [led("② ÷", this.labelled("win_rate")), ...(stage ? opportunities : []), led("=", this.figure("required_meetings"))];
    return element("div", { class: "chain" }, element("div", { class: "line" }, ...steps), element("div", { class: "line" }, ...rates));
  }

  grid() {
    const { channel } = this.typed;
    const labels = form.labels[this.of];
    const head = element(
      "tr", {},
      element("th", { scope: "col", "data-text": "plan.row" }),
      ...channel.map((/** @type {unknown} */ _, /** @type {number} */ at) => element("th", { scope: "col" }, this.named(at))),
      element("th", { scope: "col", "data-text": "plan.total" }),
      element("th", { scope: "col", "data-text": "plan.monthly" }),
    );
    const rows = ROWS.map(([key, figure, total, monthly]) => {
      const label = key ? to(FIELDS[key].label) : `${STEPS[/** @type {keyof typeof STEPS} */ (figure)]} ${to(labels[figure ?? ""])}`;
      const head = element("th", { scope: "row" }, element("span", {}, ...broken(label)), key ? usual(FIELDS[key]) : "");
      return element(
        "tr", { class: key ? "typed" : "worked" },
        head,
        ...channel.map((/** @type {unknown} */ _, /** @type {number} */ at) => element("td", {}, ...(key ? [this.input(key, at), note(`field-${key}-${at}`)] : [output(`${figure}[${at}]`)]))),
        element("td", {}, total ? output(total) : ""),
        element("td", {}, monthly ? output(monthly) : ""),
      );
    });
    const add = element("button", { type: "button", class: "small", id: "plan-add", "data-text": "plan.add" });
    add.addEventListener("click", () => this.add());
    if (channel.length >= form.most) add.setAttribute("disabled", "");
    return element(
      "div", { class: "grid" },
      element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("plan.channels") },
        element("table", {}, element("caption", { class: "hidden", "data-text": "plan.channels" }), element("thead", {}, head), element("tbody", {}, ...rows))),
      add,
    );
  }

  about() {
    const box = element("input", { type: "checkbox", id: "plan-stage", checked: this.typed.stage ? "" : null });
    box.addEventListener("change", () => this.staged(/** @type {HTMLInputElement} */ (box).checked));
    return element(
      "details", {},
      element("summary", { "data-text": "plan.about" }),
      element("div", { class: "line" }, ...ABOUT.map((key) => this.labelled(key))),
      element("label", { class: "check" }, box, element("span", { "data-text": "plan.stage" })),
    );
  }

  /** What can be done with the plan: the text, the id, what it does, its look. @returns {[string, string, () => void, string][]} */
  ways() {
    return [
      ["plan.make", "make", () => this.make(), "main"],
      ["plan.toml", "toml", () => this.toml(), ""],
      ["plan.link", "link", () => this.link(), ""],
      ["plan.print", "print", () => print(), ""],
      ["plan.clear", "clear", () => this.clear(), ""],
    ];
  }

  /** Hand the workbook over; says what became of it. @param {Uint8Array} book @param {string} name */
  async give(book, name) {
    downloadBook(book, name);
    return say("plan.made", { name });
  }

  actions() {
    return element("div", { class: "actions" }, ...this.ways().map(([key, id, act, kind]) => {
      const button = element("button", { type: "button", id: `plan-${id}`, class: kind, "data-text": key });
      button.addEventListener("click", act);
      return button;
    }));
  }

  /** A field with its label over it. @param {string} key */
  labelled(key) {
    const field = FIELDS[key];
    const id = `field-${key}`;
    return element(
      "div", { class: `field ${key}` },
      element("label", { for: id }, `${field.step ? `${field.step} ` : ""}${to(field.label)}`),
      this.input(key),
      usual(field),
      note(id),
    );
  }

  /** @param {string} key @param {number} [at] the channel */
  input(key, at) {
    const field = FIELDS[key];
    const id = at === undefined ? `field-${key}` : `field-${key}-${at}`;
    const value = (at === undefined ? this.typed.single[key] : this.typed.channel[at][key]) ?? "";
    /** @type {Record<string, string>} */
    const place = at === undefined ? { "data-key": key } : { "data-key": key, "data-channel": String(at), "aria-label": `${to(field.label)} ${this.typed.channel[at].name ?? ""}` };
    if (Object.keys(field.choices).length) {
      const options = Object.entries(field.choices).map(([choice, word]) => element("option", { value: choice, selected: choice === value ? "" : null }, to(word)));
      return element("select", { id, ...place }, ...options);
    }
    const kind = field.unit === "text" ? "text" : "decimal";
    return element("input", { id, type: "text", inputmode: kind, value, title: to(field.hint), "aria-describedby": `${id}-wrong`, ...place });
  }

  /** The name of a channel, over its column. @param {number} at */
  named(at) {
    const name = this.typed.channel[at].name ?? "";
    const input = element("input", { type: "text", id: `field-name-${at}`, value: name, "data-key": "name", "data-channel": String(at), title: name || null, "aria-label": say("plan.channel", { number: at + 1 }) });
    const remove = element("button", { type: "button", class: "remove", "aria-label": say("plan.remove", { name: name || String(at + 1) }) }, "×");
    remove.addEventListener("click", () => this.remove(at));
    return element("span", { class: "named" }, input, this.typed.channel.length > 1 ? remove : "");
  }

  /** @param {string} name */
  figure(name) {
    const step = STEPS[/** @type {keyof typeof STEPS} */ (name)];
    return element("div", { class: "field worked" }, element("span", { class: "label" }, `${step ? `${step} ` : ""}${to(form.labels[this.of][name])}`), output(name));
  }

  /** Open what is folded away. */
  unfold() {
    for (const each of this.root.querySelectorAll("details")) each.open = true;
  }

  // -- what is typed ---------------------------------------------------------------

  /** @param {HTMLInputElement} input */
  changed(input) {
    const { key, channel } = input.dataset;
    if (!key) return;
    this.own();
    if (channel === undefined) this.typed.single[key] = input.value;
    else this.typed.channel[Number(channel)][key] = input.value;
    this.update();
  }

  /** From the first keystroke on the figures are the user's: nothing of the example comes back, and a link has another plan. */
  own() {
    this.typed.example = false;
    this.root.querySelector("#plan-example")?.setAttribute("hidden", "");
    this.unlink();
  }

  /** Take the plan of a link out of the address. */
  unlink() {
    if (location.hash) history.replaceState(null, "", location.pathname);
  }

  /** Whether what was typed may go. */
  sure() {
    return confirm(say("plan.clear.sure"));
  }

  /** @param {boolean} stage */
  staged(stage) {
    this.typed.stage = stage;
    this.draw();
    /** @type {HTMLDetailsElement} */ (this.root.querySelector("details")).open = true;
    this.focus("plan-stage");
  }

  /** @param {string} id */
  focus(id) {
    document.getElementById(id)?.focus();
  }

  add() {
    this.own();
    this.typed.channel.push({ name: "", share: "", meeting_rate: "", cvr: "" });
    this.draw();
    this.focus(`field-name-${this.typed.channel.length - 1}`);
  }

  /** @param {number} at */
  remove(at) {
    this.own();
    this.typed.channel.splice(at, 1);
    this.draw();
    this.focus("plan-add");
  }

  clear() {
    if (!this.typed.example && !this.sure()) return;
    this.own();
    const channel = [{ name: "", share: "", meeting_rate: "", cvr: "" }];
    this.typed = { stage: this.typed.stage, example: false, single: { period: "year" }, channel };
    this.draw();
    this.focus("field-total_revenue");
  }

  // -- figures -----------------------------------------------------------------------

  update() {
    // A page that is loaded again has the figures still; one that is closed forgets them.
    if (!this.typed.example) remember(linkOf(this.typed));
    const { read, wrong } = this.read();
    const many = this.typed.channel.length;
    const figures = form.figures[this.of];
    /** @type {Record<string, Value | Value[]>} */
    const inputs = { ...Object.fromEntries(Object.entries(figures.inputs[language()]).map(([name, value]) => [name, given(value)])), ...read };
    /** @type {Template} */
    const template = TEMPLATES[this.of];
    const sheet = new Sheet(template, inputs, figures.rows[many], language());
    for (const each of this.root.querySelectorAll("output[data-figure]")) {
      const name = /** @type {HTMLElement} */ (each).dataset.figure ?? "";
      const [, cell, row] = /^(\w+)(?:\[(\d+)\])?$/.exec(name) ?? [];
      each.textContent = written(cell, sheet.at(cell, Number(row ?? 0)));
    }
    const status = this.root.querySelector("#plan-status");
    if (status) {
      const said = wrong ? say("plan.wrong", { count: wrong }) : sheet.at("status");
      status.textContent = typeof said === "string" ? said : "";
      status.classList.toggle("good", String(sheet.at("overall")).includes("OK") && !wrong);
    }
  }

  /** What was typed as inputs of the cells; fields that can't be read are marked. */
  read() {
    /** @type {Record<string, Value | Value[]>} */
    const read = {};
    let wrong = 0;
    for (const [key, field] of Object.entries(FIELDS)) {
      const inputs = [...this.root.querySelectorAll(`[data-key="${key}"]`)].map((each) => /** @type {HTMLInputElement} */ (each));
      const values = inputs.map((input) => {
        const found = understood(key, field, input.value);
        const error = input.value.trim() === "" ? undefined : found.error;
        markWrong(input, error, found.places);
        wrong += error ? 1 : 0;
        return found.value;
      });
      if (inputs.length) read[field.cell] = inputs[0].dataset.channel === undefined ? values[0] : values;
    }
    return { read, wrong };
  }

  // -- handing over --------------------------------------------------------------------

  /** The plan's keys as they were typed; blank ones are left out. */
  keys() {
    const { stage, single, channel } = this.typed;
    const shown = [...CHAIN, ...RATES, ...ABOUT].filter((key) => stage || key !== STAGE);
    const filled = (/** @type {Record<string, string>} */ row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value.trim() !== ""));
    return [filled(Object.fromEntries(shown.map((key) => [key, single[key] ?? ""]))), channel.map(filled)];
  }

  async made() {
    const buttons = this.root.querySelectorAll(".actions button");
    buttons.forEach((each) => each.setAttribute("disabled", ""));
    try {
      return await this.python.ask("make", ...this.keys(), language());
    } catch (bad) {
      this.said(element("p", { class: "wrong" }, String(/** @type {Error} */ (bad).message)));
      return null;
    } finally {
      buttons.forEach((each) => each.removeAttribute("disabled"));
    }
  }

  async make() {
    const made = await this.made();
    if (!made) return;
    const name = language() === "ja" ? "目標シート.xlsx" : "goal.xlsx";
    if (made.book) {
      const notes = made.problems.length ? [element("p", {}, say("plan.notes")), problems(made.problems)] : [];
      const given = await this.give(made.book, name).then(
        (said) => element("p", { class: "good" }, said),
        (bad) => element("p", { class: "wrong" }, String(bad.message)),
      );
      this.said(given, ...notes);
    } else this.said(element("p", { class: "wrong" }, say("plan.problems")), element("ul", { class: "problems" }, ...made.problems.map((/** @type {import("./dom.js").Problem & {key: string | null}} */ each) => this.problem(each))));
  }

  /** What is wrong with a field, and a way to it. @param {import("./dom.js").Problem & {key: string | null}} each */
  problem(each) {
    const [, at, name] = /^(?:channel\[(\d+)\]\.)?(\w+)$/.exec(each.key ?? "") ?? [];
    const input = /** @type {HTMLInputElement | null} */ (document.getElementById(at ? `field-${name}-${Number(at) - 1}` : `field-${name}`));
    if (!input) return element("li", {}, told(each));
    const of = at ? this.typed.channel[Number(at) - 1].name || say("plan.channel", { number: at }) : "";
    const link = element("a", { href: `#${input.id}` }, name === "name" ? of : [of, to(FIELDS[name].label)].filter((part) => part).join(" "));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.unfold();
      input.focus();
    });
    return element("li", {}, link, `: ${input.value.trim() === "" ? say("parse.empty") : told(each)}`);
  }

  async toml() {
    const made = await this.made();
    if (made) download(new TextEncoder().encode(made.plan), "plan.toml", "application/toml");
  }

  async link() {
    const link = linkOf(this.typed);
    history.replaceState(null, "", link);
    await navigator.clipboard?.writeText(location.href).catch(() => {});
    this.said(element("p", { class: "good" }, say("plan.linked")));
  }

  /** @param {...Node} nodes */
  said(...nodes) {
    this.root.querySelector("#plan-said")?.replaceChildren(...nodes);
  }
}

/** @param {boolean} [stage] @returns {Typed} */
function example(stage = true) {
  const { channel, ...single } = form.examples[stage ? "standard" : "short"][language()];
  return { stage, example: true, single: { ...single }, channel: channel.map((row) => ({ ...row })) };
}

/** @param {any} value @returns {Value | Value[]} */
const given = (value) => (Array.isArray(value) ? value.map((each) => /** @type {Value} */ (given(each))) : value && typeof value === "object" ? q.of(BigInt(value.n), BigInt(value.d)) : value);

/** @param {string} cell @param {Value} value */
function written(cell, value) {
  if (!q.isNumber(value)) return value || say("nothing");
  if (cell === "share_total") return q.percent(value);
  return q.figure(value);
}

/** @param {string} name */
const output = (name) => element("output", { "data-figure": name });

/** A field with a sign before it. @param {string} sign @param {Node} field */
const led = (sign, field) => element("div", { class: "led" }, element("span", { class: "mark", "aria-hidden": "true" }, sign), field);
