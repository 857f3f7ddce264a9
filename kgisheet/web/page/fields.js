// A field of the plan: what it is called, how what was typed into it is read, and where it is said that it can't be.

import { element } from "./dom.js";
import { form } from "./form.js";
import * as parse from "./parse.js";
import { language, say } from "./texts.js";

/** @typedef {import("./exact.js").Value} Value */
/** @typedef {{ja: string, en: string}} Both */
/** @typedef {{cell: string, unit: string, step: string, label: Both, hint: Both, usual: null | {low: string, high: string, source: Both}, choices: Record<string, Both>}} Field */

/** @type {Record<string, Field>} */
export const FIELDS = form.fields;

/** @param {Both} text */
export const to = (text) => text[language()];

/** @param {string} key @param {Field} field @param {string} text @returns {parse.Read | {value: Value, error?: string, places?: Record<string, string>}} */
export function understood(key, field, text) {
  if (Object.keys(field.choices).length) return { value: field.choices[text] ? to(field.choices[text]) : null };
  if (field.unit === "currency") return key === "web_revenue" && parse.plain(text).endsWith("%") ? { value: null, error: "parse.money" } : parse.money(text);
  if (field.unit === "rate") return parse.rate(text, key === "share");
  if (field.unit === "month") return parse.month(text);
  if (field.unit === "date") return parse.day(text);
  return { value: text.trim() === "" ? null : text };
}

/** @param {HTMLInputElement} input @param {string | undefined} error @param {Record<string, string>} [places] */
export function markWrong(input, error, places) {
  if (error) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const said = document.getElementById(`${input.id}-wrong`);
  if (!said) return;
  said.hidden = !error;
  said.textContent = error ? say(error, places) : "";
}

/** Where it is said that an input can't be read. @param {string} id */
export const note = (id) => element("p", { class: "wrong", id: `${id}-wrong`, hidden: "" });

/** @param {Field} field */
export function usual(field) {
  if (!field.usual) return "";
  const { low, high, source } = field.usual;
  return element("span", { class: "usual", title: to(source) }, say(low === high ? "plan.usual.one" : "plan.usual", { low, high }));
}
