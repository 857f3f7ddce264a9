// Exact arithmetic in fractions, and numbers as texts: what kgisheet's own evaluation does (values/rounding.py, expr/render/written.py).
// A fraction is {n, d} of BigInt, in lowest terms, d above zero. A value of a cell is a fraction, a text, or null.

/** @typedef {{n: bigint, d: bigint}} Fraction */
/** @typedef {Fraction | string | null} Value */
/** @typedef {(key: string) => string} Word */
/** @typedef {{yen: Fraction, name: string}} Unit */

/** @param {bigint} a @param {bigint} b @returns {bigint} */
function gcd(a, b) {
  while (b) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

/** @param {bigint} n @param {bigint} [d] @returns {Fraction} */
export function of(n, d = 1n) {
  if (d === 1n) return { n, d };
  if (d < 0n) [n, d] = [-n, -d];
  const by = gcd(n, d);
  return { n: n / by, d: d / by };
}

export const ZERO = of(0n);
export const ONE = of(1n);
const HALF = of(1n, 2n);
const GUARD_DECIMALS = 6;
const LARGEST = BigInt(Number.MAX_VALUE);

/** @param {Value | undefined} value @returns {value is Fraction} */
export const isNumber = (value) => typeof value === "object" && value !== null;

/** @param {Value} value @returns {Fraction} */
function sure(value) {
  if (!isNumber(value)) throw new TypeError("no number where one was made sure of");
  return value;
}

/** @param {Value} a @param {Value} b */
export const add = (a, b) => ((x, y) => of(x.n * y.d + y.n * x.d, x.d * y.d))(sure(a), sure(b));
/** @param {Value} a @param {Value} b */
export const less = (a, b) => ((x, y) => of(x.n * y.d - y.n * x.d, x.d * y.d))(sure(a), sure(b));
/** @param {Value} a @param {Value} b */
export const times = (a, b) => ((x, y) => of(x.n * y.n, x.d * y.d))(sure(a), sure(b));
/** @param {Value} a @param {Value} b */
export const over = (a, b) => ((x, y) => of(x.n * y.d, x.d * y.n))(sure(a), sure(b));
/** @param {Fraction} a @param {Fraction} b @returns {number} below zero, zero, or above, as a is to b */
export const order = (a, b) => Number(a.n * b.d - b.n * a.d > 0n) - Number(a.n * b.d - b.n * a.d < 0n);
/** @param {Value} a */
export const abs = (a) => ((x) => (x.n < 0n ? { n: -x.n, d: x.d } : x))(sure(a));
/** @param {Value} a @param {Value} b */
export const min = (a, b) => (order(sure(a), sure(b)) <= 0 ? sure(a) : sure(b));
/** @param {Value} a @param {Value} b */
export const max = (a, b) => (order(sure(a), sure(b)) >= 0 ? sure(a) : sure(b));
/** @param {Value} a */
export const above = (a) => sure(a).n > 0n;

/** @param {Value} a @returns {string} */
const text = (a) => (a === null || (isNumber(a) && a.n === 0n) ? "" : typeof a === "string" ? a : a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`);
/** @param {Value} a @param {Value} b */
export const join = (a, b) => text(a) + text(b);
/** @param {Value} a */
export const isBlank = (a) => a === null || a === "";

/** Whether a comparison holds; with a number against nothing, or against a text, it doesn't.
 * @param {string} op @param {Value} a @param {Value} b @returns {boolean} */
export function compare(op, a, b) {
  if (isNumber(a) && isNumber(b)) {
    const by = order(a, b);
    return { "=": by === 0, "<>": by !== 0, "<": by < 0, "<=": by <= 0, ">": by > 0, ">=": by >= 0 }[op] ?? false;
  }
  if (isNumber(a) || isNumber(b)) return false;
  if (op === "=") return (a ?? "") === (b ?? "");
  if (op === "<>") return (typeof a === "string") !== (typeof b === "string") || (typeof a === "string" && a !== b);
  return false;
}

// -- columns --------------------------------------------------------------------

/** @param {readonly Value[]} values @returns {Fraction[]} */
export const numbers = (values) => values.filter(isNumber);
/** @param {readonly Value[]} values */
export const filled = (values) => values.some(isNumber);
/** @param {readonly Value[]} values */
export const sum = (values) => numbers(values).reduce(add, ZERO);
/** @param {readonly Value[]} values */
export const tally = (values) => of(BigInt(numbers(values).length));
/** @param {readonly Value[]} values */
export const typed = (values) => of(BigInt(values.filter((each) => !isBlank(each)).length));
/** @param {readonly Value[]} values */
export const mean = (values) => over(sum(values), tally(values));
/** @param {readonly Value[]} values */
export const largest = (values) => numbers(values).reduce(max);
/** @param {readonly Value[]} values */
export function whereLargest(values) {
  const most = largest(values);
  return of(BigInt(values.findIndex((each) => isNumber(each) && order(each, most) === 0) + 1));
}

// -- rounding -------------------------------------------------------------------

/** Rounded to decimals, halves away from zero, as a spreadsheet's ROUND does.
 * @param {Value} value @param {number} [decimals] @returns {Fraction} */
export function halfUp(value, decimals = 0) {
  const x = sure(value);
  const scale = 10n ** BigInt(decimals);
  const size = abs(x).n * scale;
  const whole = (2n * size + x.d) / (2n * x.d);
  return of(x.n < 0n ? -whole : whole, scale);
}

/** @param {Value} value @param {Value} digits */
export const round = (value, digits) => halfUp(value, Number(integer(digits)));
/** The whole part, toward zero. @param {Value} value @returns {bigint} */
export const integer = (value) => sure(value).n / sure(value).d;

/** A count made whole: up, down, nearest or none. @param {Fraction} value @param {string} mode @returns {Fraction} */
export function whole(value, mode) {
  if (mode === "none") return value;
  const guarded = halfUp(value, GUARD_DECIMALS);
  if (mode === "nearest") return halfUp(guarded);
  const size = abs(guarded);
  const down = size.n / size.d;
  const made = mode === "down" || down * size.d === size.n ? down : down + 1n;
  return of(guarded.n < 0n ? -made : made);
}

/** @param {Value} value @param {string} mode @returns {Fraction | null} */
export const rounded = (value, mode) => (isNumber(value) ? whole(value, mode) : null);

/** The value as a cell can hold it: nothing where no program could show it. @param {Value} value @returns {Value} */
export const held = (value) => (isNumber(value) && abs(value).n > LARGEST * value.d ? null : value);

/** The exact fraction of a binary number. @param {number} x @returns {Fraction} */
export function fromFloat(x) {
  if (Number.isInteger(x)) return of(BigInt(x));
  let scale = 1n;
  while (!Number.isInteger(x)) {
    x *= 2;
    scale *= 2n;
  }
  return of(BigInt(x), scale);
}

const SAFE = 2n ** 53n;
const BITS = 64;

/** The nearest binary number. @param {Fraction} x @returns {number} */
export function toFloat(x) {
  const size = abs(x).n;
  if (size < SAFE && x.d < SAFE) return Number(x.n) / Number(x.d);
  const shift = BITS - (size.toString(2).length - x.d.toString(2).length);
  const steps = shift >= 0 ? (size << BigInt(shift)) / x.d : size / (x.d << BigInt(-shift));
  const half = Math.trunc(shift / 2); // in two steps: 2 ** 1100 alone would be beyond all numbers
  return (Number(steps) / 2 ** half / 2 ** (shift - half)) * (x.n < 0n ? -1 : 1);
}

/** @param {Value} x */
export const root = (x) => fromFloat(Math.sqrt(Math.max(0, toFloat(sure(x)))));
/** @param {Value} x */
export const exp = (x) => fromFloat(Math.exp(Math.min(700, toFloat(sure(x)))));
/** @param {Value} x */
export const log10 = (x) => halfUp(fromFloat(Math.log10(toFloat(sure(x)))), 4);
/** The number that a word spells. @param {string} word */
export const number = (word) => of(BigInt(word));

// -- dates: days since 1899-12-30, as spreadsheets count them ---------------------

const DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);
const LAST_YEAR = 9999;

/** @param {Value} serial @returns {Date} */
export const dateOf = (serial) => new Date(EPOCH + Number(integer(serial)) * DAY);
/** @param {number} year @param {number} month from 1 @param {number} day @returns {Fraction} */
export const serial = (year, month, day) => of(BigInt(Math.round((Date.UTC(year, month - 1, day) - EPOCH) / DAY)));

/** The same day so many months later, counted from 1. @param {Value} start @param {Value} row @returns {Fraction | null} */
export function monthAfter(start, row) {
  const from = dateOf(start);
  if (Number.isNaN(from.getTime()) || from.getUTCFullYear() > LAST_YEAR) return null;
  const months = from.getUTCFullYear() * 12 + from.getUTCMonth() + Number(integer(row)) - 1;
  const [year, month] = [Math.floor(months / 12), months % 12];
  if (year > LAST_YEAR) return null;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return serial(year, month + 1, Math.min(from.getUTCDate(), last));
}

// -- numbers as texts -------------------------------------------------------------

const FEW = of(1n, 10n);

/** With thousands separators, as FIXED writes it. @param {Value} value @param {number} decimals @returns {string} */
export function grouped(value, decimals) {
  const scaled = integer(times(halfUp(value, decimals), of(10n ** BigInt(decimals))));
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  return (scaled < 0n ? "-" : "") + whole + (decimals ? `.${digits.slice(-decimals)}` : "");
}

/** With up to four decimals. @param {Value} x @returns {string} */
export const trimmed = (x) => grouped(halfUp(x, 4), 4).replaceAll(",", "").replace(/0+$/, "").replace(/\.$/, "");

/** A count with separators and at most one decimal. @param {Value} x @returns {string} */
export function figure(x) {
  if (order(abs(x), FEW) < 0) return trimmed(x);
  const shown = halfUp(x, 1);
  return grouped(shown, shown.d === 1n ? 0 : 1);
}

/** @param {Value} x @returns {string} */
export function percent(x) {
  const hundred = times(x, of(100n));
  const shown = halfUp(hundred, 1);
  if (order(abs(x), of(1n, 100n)) < 0 || order(shown, of(100n)) === 0) return `${trimmed(hundred)}%`;
  return `${grouped(shown, shown.d === 1n ? 0 : 1)}%`;
}

/** @param {string} said @param {Word} word @returns {string} */
export const listed = (said, word) => said.replaceAll(word("quotes_meet"), word("quotes_apart"));

/** An amount in the display unit, which is ``per`` yen. @param {Value} x @param {Fraction} per @param {string} unit @param {Word} word */
export function money(x, per, unit, word) {
  if (order(abs(x), per) < 0) return grouped(x, 0) + word("unit_gap") + word("円");
  const shown = over(halfUp(over(times(x, of(100n)), per)), of(100n));
  return `${grouped(shown, shown.d === 1n ? 0 : 2)}${word("unit_gap")}${unit || word("円")}`;
}

const LARGE_DIGITS = 2;

/** An amount as people write it, in the largest unit allowed by ``least``.
 * @param {Value} value @param {Value} least @param {Unit} large @param {Unit} small @param {Word} word @returns {string} */
export function amount(value, least, large, small, word) {
  const x = halfUp(value, GUARD_DECIMALS);
  const from = halfUp(least);
  if (order(from, large.yen) >= 0) return inUnit(x, large, LARGE_DIGITS, word);
  return order(from, small.yen) >= 0 ? inUnit(x, small, Number(word("small_digits")), word) : inYen(x, word);
}

/** One amount as people say it. @param {Value} value @param {Unit} large @param {Unit} small @param {Word} word @returns {string} */
export function spoken(value, large, small, word) {
  const steps = over(times(value, of(100n)), large.yen);
  if (order(abs(value), large.yen) >= 0 && order(halfUp(steps), steps) === 0) return inUnit(sure(value), large, LARGE_DIGITS, word);
  return order(abs(value), small.yen) >= 0 ? inUnit(sure(value), small, Number(word("small_digits")), word) : inYen(sure(value), word);
}

/** @param {Fraction} x @param {Unit} unit @param {number} digits @param {Word} word @returns {string} */
function inUnit(x, unit, digits, word) {
  const scale = of(10n ** BigInt(digits));
  const shown = over(halfUp(over(times(x, scale), unit.yen)), scale);
  let decimals = 0;
  while (times(shown, of(10n ** BigInt(decimals))).d !== 1n) decimals += 1;
  const about = order(halfUp(abs(less(times(shown, unit.yen), x)), 2), HALF) >= 0 ? word("about") : "";
  return `${about}${word("yen_sign")}${grouped(shown, decimals)}${unit.name}`;
}

/** @param {Fraction} x @param {Word} word @returns {string} */
const inYen = (x, word) => `${word("yen_sign")}${grouped(x, 0)}${word("yen_unit")}`;
