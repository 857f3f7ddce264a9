// Figures as people type them → exact numbers, as the plan's file reads them (values/amounts.py).

import * as q from "./exact.js";

/** @typedef {import("./exact.js").Fraction} Fraction */
/** What was typed as a number, or the key of the text that says how to write it. @typedef {{value: Fraction | null, error?: string, places?: Record<string, string>}} Read */

const POWERS = {
  "千": 3n, "百": 2n, "十": 1n, "万": 4n, "千万": 7n, "百万": 6n, "十万": 5n, "億": 8n, "十億": 9n, "百億": 10n, "千億": 11n, "兆": 12n,
  "thousand": 3n, "k": 3n, "million": 6n, "m": 6n, "mn": 6n, "billion": 9n, "bn": 9n,
};
const DIGITS = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+`;
const PART = new RegExp(`(${DIGITS})(兆|千億|百億|十億|億|千万|百万|十万|万|千|百|十|thousand|million|billion|mn|bn|k|m)?`, "iy");
const NUMBER = new RegExp(`^(?:${DIGITS})$`);
const COUNTED = /^(\d{1,9})(?:of|\/)(\d{1,9})$|^(\d{1,9})件?中(\d{1,9})件?$/;
const MAX_YEN = q.of(10n ** 15n);
const MAX_COUNT = 100_000_000;
const MAX_LENGTH = 60;

/** Half-width, without spaces; minus signs of all kinds become "-". @param {string} text */
export function plain(text) {
  const narrow = [...text].map((each) => (/[\uff00-\uffef\u3000]/.test(each) ? each.normalize("NFKC") : each)).join("");
  const bare = narrow.replace(/\s/g, "").replace(/^[▲△−‐–—]/, "-");
  return /^\(.+\)$/.test(bare) ? `-${bare.slice(1, -1)}` : bare;
}

/** @param {string} digits @returns {Fraction} */
function decimal(digits) {
  const [whole, part = ""] = digits.replaceAll(",", "").split(".");
  return q.of(BigInt(whole + part || "0"), 10n ** BigInt(part.length));
}

/** 1億2,000万: each unit smaller than the one before. @param {string} text @returns {Fraction | null} */
function parts(text) {
  let total = q.ZERO;
  let at = 0;
  let last = null;
  while (at < text.length) {
    PART.lastIndex = at;
    const match = PART.exec(text);
    if (!match) return null;
    const power = match[2] ? POWERS[/** @type {keyof typeof POWERS} */ (match[2].toLowerCase())] : 0n;
    if (last !== null && power >= last) return null;
    total = q.add(total, q.times(decimal(match[1]), q.of(10n ** power)));
    [last, at] = [power, PART.lastIndex];
  }
  return at ? total : null;
}

/** An amount in yen. @param {string} typed @returns {Read} */
export function money(typed) {
  const text = plain(typed);
  if (!text) return { value: null, error: "parse.empty" };
  const rest = text.replace(/^[-+]/, "").replace(/^(¥|\\|jpy)/i, "").replace(/(円|yen|jpy)$/i, "");
  const amount = text.length > MAX_LENGTH || rest.endsWith("%") ? null : parts(rest);
  if (amount === null || (text.startsWith("-") && amount.n > 0n) || q.order(amount, MAX_YEN) > 0) return { value: null, error: "parse.money" };
  return { value: amount };
}

/** A fraction above 0 and up to 1; 0 too where ``zero``. @param {string} typed @param {boolean} [zero] @returns {Read} */
export function rate(typed, zero = false) {
  const text = plain(typed);
  if (!text) return { value: null, error: "parse.empty" };
  const counts = COUNTED.exec(text);
  if (counts) {
    const [hits, cases] = counts[1] ? [Number(counts[1]), Number(counts[2])] : [Number(counts[4]), Number(counts[3])];
    if (hits > 0 && hits <= cases && cases <= MAX_COUNT) return { value: q.of(BigInt(hits), BigInt(cases)) };
  }
  if (text.length > MAX_LENGTH) return { value: null, error: "parse.rate" };
  const rest = text.replace(/^[-+]/, "");
  const ending = /** @type {[string, bigint][]} */ ([["%", 100n], ["パーセント", 100n], ["percent", 100n], ["割", 10n]]).find(
    ([end]) => rest.endsWith(end) && NUMBER.test(rest.slice(0, -end.length)),
  );
  if (!ending && !NUMBER.test(rest)) return { value: null, error: "parse.rate" };
  const number = ending ? q.over(decimal(rest.slice(0, -ending[0].length)), q.of(ending[1])) : decimal(rest);
  const above = q.order(number, q.ONE) > 0;
  if (!ending && above && !text.startsWith("-") && q.order(number, q.of(100n)) <= 0) {
    return { value: null, error: "parse.rate.either", places: { percent: q.trimmed(number) } };
  }
  if (above || (text.startsWith("-") && number.n > 0n) || (number.n === 0n && !zero)) {
    return { value: null, error: zero ? "parse.rate.share" : "parse.rate.zero" };
  }
  return { value: number };
}

/** A month as the days of its first. @param {string} typed @returns {Read} */
export function month(typed) {
  const match = /^(\d{4})(?:[-/.]|年)(\d{1,2})月?(?:[-/.]?0?1日?)?$/.exec(plain(typed));
  if (!match || Number(match[2]) < 1 || Number(match[2]) > 12 || Number(match[1]) < 1900) return { value: null, error: "parse.month" };
  return { value: q.serial(Number(match[1]), Number(match[2]), 1) };
}

/** A day. @param {string} typed @returns {Read} */
export function day(typed) {
  const match = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/.exec(plain(typed));
  if (!match) return { value: null, error: "parse.date" };
  const value = q.serial(Number(match[1]), Number(match[2]), Number(match[3]));
  const back = q.dateOf(value);
  if (back.getUTCMonth() + 1 !== Number(match[2]) || back.getUTCFullYear() < 1900) return { value: null, error: "parse.date" };
  return { value };
}
