// Writes and reads numbers as the page does: one JSON line per question [function, ...arguments] on standard input, one answer each.
import readline from "node:readline";
import * as q from "../../kgisheet/web/page/exact.js";
import * as parse from "../../kgisheet/web/page/parse.js";

const WORDS = {
  ja: { about: "約", yen_sign: "", yen_unit: "円", unit_gap: "", 円: "円", small_digits: "2" },
  en: { about: "about ", yen_sign: "¥", yen_unit: "", unit_gap: " ", 円: "yen", small_digits: "1" },
};
const UNITS = { ja: [{ yen: q.of(100_000_000n), name: "億円" }, { yen: q.of(10_000n), name: "万円" }], en: [{ yen: q.of(1_000_000_000n), name: " billion" }, { yen: q.of(1_000_000n), name: " million" }] };
const given = (value) => (value && typeof value === "object" ? q.of(BigInt(value.n), BigInt(value.d)) : value);
const said = (value) => (q.isNumber(value) ? { n: String(value.n), d: String(value.d) } : value);

const ASKED = {
  figure: q.figure, percent: q.percent, trimmed: q.trimmed,
  whole: q.whole, monthAfter: q.monthAfter, root: q.root,
  spoken: (x, lang) => q.spoken(x, ...UNITS[lang], (key) => WORDS[lang][key]),
  amount: (x, least, lang) => q.amount(x, least, ...UNITS[lang], (key) => WORDS[lang][key]),
  money: (text) => parse.money(text).value, rate: (text, zero) => parse.rate(text, zero).value, month: (text) => parse.month(text).value, day: (text) => parse.day(text).value,
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [name, ...args] = JSON.parse(line);
  console.log(JSON.stringify(said(ASKED[name](...args.map(given)) ?? null)));
}
