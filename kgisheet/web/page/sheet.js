// The worksheet's figures from its inputs: every result is worked out when it is first asked for (worksheet/solve.py).

import * as q from "./exact.js";

/** @typedef {import("./exact.js").Value} Value */
/** @typedef {import("./exact.js").Fraction} Fraction */
/** @typedef {{table?: string, days?: boolean, code?: (v: View, q: typeof import("./exact.js")) => Value}} Cell */
/** A template: its cells by name, names of several cells in one column, words by language.
 * @typedef {{cells: Record<string, Cell>, blocks: Record<string, string[]>, words: Record<string, Record<string, string>>}} Template */
/** @typedef {Value | Value[]} Held */

const MONTHS = 12;
const LAST_DAY = 2_958_465n; // 9999-12-31

/** How many cells are side by side in a table over two others: a month's channels, a rank's stages.
 * @param {Record<string, number>} rows @param {string | undefined} table */
const across = (rows, table) =>
  table === "abm" ? rows.abm_stage ?? 1 : Math.floor((rows.month_channel ?? MONTHS) / MONTHS);

/** @type {Record<string, [string, string]>} */
const AROUND = { month_channel: ["month", "channel"], abm: ["abm_rank", "abm_stage"] };

export class Sheet {
  /** @param {Template} template @param {Record<string, Held>} inputs @param {Record<string, number>} rows @param {string} lang */
  constructor(template, inputs, rows, lang) {
    this.template = template;
    this.rows = rows;
    this.words = template.words[lang];
    /** @type {Map<string, Held>} */
    this.values = new Map();
    for (const [name, cell] of Object.entries(template.cells)) {
      if (cell.code) continue;
      const given = inputs[name] ?? null;
      if (cell.table === undefined) this.values.set(name, given);
      else {
        const column = Array.isArray(given) ? given.slice(0, rows[cell.table]) : [];
        this.values.set(name, [...column, ...Array(rows[cell.table] - column.length).fill(null)]);
      }
    }
  }

  /** The value of a cell, or of a row of a column. @param {string} name @param {number} [row] @returns {Value} */
  at(name, row = 0) {
    const value = this.whole(name);
    return Array.isArray(value) ? value[row] : value;
  }

  /** @param {string} name @returns {Held} */
  whole(name) {
    const known = this.values.get(name);
    if (known !== undefined) return known;
    const cell = this.template.cells[name];
    if (!cell?.code) throw new Error(`there is no cell ${name}`);
    if (cell.table === undefined) {
      const value = asDeclared(cell, cell.code(new View(this, undefined, 0), q));
      this.values.set(name, value);
      return value;
    }
    /** Filled row by row: a row may look back at those before it. @type {Value[]} */
    const column = [];
    this.values.set(name, column);
    for (let row = 0; row < this.rows[cell.table]; row += 1) {
      column.push(asDeclared(cell, cell.code(new View(this, cell.table, row), q)));
    }
    return column;
  }
}

/** @param {Cell} cell @param {Value} value @returns {Value} */
function asDeclared(cell, value) {
  if (!cell.days || !q.isNumber(value)) return q.held(value);
  const day = q.integer(value);
  return day > LAST_DAY ? null : q.of(day);
}

/** The figures as one cell sees them: its own row of its own table. */
class View {
  /** @param {Sheet} sheet @param {string | undefined} table @param {number} index */
  constructor(sheet, table, index) {
    this.sheet = sheet;
    this.table = table;
    this.index = index;
    this.channels = across(sheet.rows, table);
  }

  /** @param {string} name @returns {Value} */
  cell(name) {
    const value = this.sheet.whole(name);
    return Array.isArray(value) ? value[this.beside(name)] : value;
  }

  /** Whether all cells hold numbers. @param {...string} names */
  has(...names) {
    return names.every((name) => q.isNumber(this.cell(name)));
  }

  /** Whether a column holds a number. @param {string} name */
  any(name) {
    return q.filled(this.column(name));
  }

  /** @param {string} name @returns {Value[]} */
  column(name) {
    const block = this.sheet.template.blocks[name];
    const values = block ? block.map((each) => this.sheet.at(each)) : this.sheet.whole(name);
    if (!Array.isArray(values)) throw new Error(`${name} is no column`);
    return values;
  }

  /** @param {string} name */
  downToHere(name) {
    return this.column(name).slice(0, this.beside(name) + 1);
  }

  /** @param {string} name @param {Value} rows */
  recent(name, rows) {
    return this.downToHere(name).slice(-Number(q.integer(rows)));
  }

  /** @param {string} name @param {Value} count */
  through(name, count) {
    return this.column(name).slice(0, Math.max(0, Number(q.integer(count))));
  }

  /** The rows of a column that belong to this row: a quarter's months, a month's channels. @param {string} name */
  part(name) {
    const rows = this.sheet.rows;
    let index = this.index;
    let own = this.table ? rows[this.table] : 1;
    if (this.table === "month_channel") [index, own] = [Math.floor(index / this.channels), MONTHS];
    const each = Math.floor(rows[this.tableOf(name)] / own);
    return this.column(name).slice(index * each, (index + 1) * each);
  }

  /** The earlier months of the same channel. @param {string} name */
  earlier(name) {
    const own = this.index % this.channels;
    return this.column(name).slice(0, this.index).filter((_, at) => at % this.channels === own);
  }

  /** The preceding channels of the same month. @param {string} name */
  before(name) {
    return this.column(name).slice(this.index - (this.index % this.channels), this.index);
  }

  /** All ranks of this stage. @param {string} name */
  stages(name) {
    const { abm_stage: stages } = this.sheet.rows;
    return this.column(name).filter((_, at) => at >= this.index && (at - this.index) % stages === 0);
  }

  row() {
    const index = this.table === "month_channel" ? this.index % this.channels : this.index;
    return q.of(BigInt(index + 1));
  }

  /** @param {string} key */
  word(key) {
    return this.sheet.words[key];
  }

  /** How counts are made whole, by the setting. */
  mode() {
    const said = this.cell("rounding");
    return ["down", "nearest", "none"].find((mode) => said === this.word(mode)) ?? "up";
  }

  // -- functions that look at several cells -------------------------------------

  /** @param {string} a @param {string} b */
  sumproduct(a, b) {
    const other = this.column(b);
    return q.sum(this.column(a).map((each, at) => (q.isNumber(each) && q.isNumber(other[at]) ? q.times(each, other[at]) : null)));
  }

  /** @param {string} summed @param {string} asked */
  sumWhere(summed, asked) {
    const other = this.column(asked);
    return q.sum(this.column(summed).filter((_, at) => q.isNumber(other[at]) && q.above(other[at])));
  }

  /** @param {string} name @param {Fraction} bound */
  countAbove(name, bound) {
    return q.tally(q.numbers(this.column(name)).filter((each) => q.order(each, bound) > 0));
  }

  /** @param {string} name @param {Fraction} bound */
  countBelow(name, bound) {
    return q.tally(q.numbers(this.column(name)).filter((each) => q.order(each, bound) < 0));
  }

  /** @param {string} name @param {string} word */
  countIf(name, word) {
    return q.of(BigInt(this.column(name).filter((each) => each === word).length));
  }

  /** @param {string} summed @param {string} first @param {string} one @param {string} second @param {string} other */
  sumSame(summed, first, one, second, other) {
    const [a, b] = [folded(this.cell(one)), folded(this.cell(other))];
    const [firsts, seconds] = [this.column(first), this.column(second)];
    return q.sum(this.column(summed).filter((_, at) => same(folded(firsts[at]), a) && same(folded(seconds[at]), b)));
  }

  /** @param {Fraction} own @param {string} name */
  placeIn(own, name) {
    return q.add(q.ONE, this.countAbove(name, own));
  }

  /** A whole split by shares, by cumulative rounding. @param {Value} total @param {Value} share @param {string} name */
  spread(total, share, name) {
    if (this.mode() === "none") return q.times(total, share);
    const through = q.sum(this.downToHere(name));
    return q.less(q.whole(q.times(total, through), "nearest"), q.whole(q.times(total, q.less(through, share)), "nearest"));
  }

  /** A whole split by weights, from a starting quantity on. @param {Value} total @param {string} name @param {Value} whole @param {Value} start */
  portion(total, name, whole, start) {
    const rows = this.downToHere(name);
    const last = rows[rows.length - 1];
    const weight = q.isNumber(last) ? last : q.ZERO;
    if (this.mode() === "none") return q.over(q.times(total, weight), whole);
    const through = q.sum(rows);
    /** @param {Fraction} to */
    const until = (to) => q.whole(q.add(start, q.over(q.times(total, to), whole)), "nearest");
    return q.less(until(through), until(q.less(through, weight)));
  }

  /** @param {string} name @param {Value} steps */
  later(name, steps) {
    const [at, values] = this.below(name, steps);
    return at < values.length ? orZero(values[at]) : q.ZERO;
  }

  /** @param {string} name @param {Value} steps */
  wrapped(name, steps) {
    const [at, values] = this.below(name, steps);
    return at >= values.length ? orZero(values[at % values.length]) : q.ZERO;
  }

  /** @param {string} name @param {Value} place */
  at(name, place) {
    const at = Number(q.integer(place));
    const values = this.column(name);
    return at >= 1 && at <= values.length ? values[at - 1] : null;
  }

  // -- texts --------------------------------------------------------------------

  /** @param {Value} value */
  money(value) {
    const per = /** @type {Fraction} */ (this.cell("unit_yen"));
    return q.money(value, per, String(this.cell("display_unit") ?? ""), (key) => this.word(key));
  }

  /** @param {Value} value @param {Value} least */
  amount(value, least) {
    return q.amount(value, least, this.unit("large"), this.unit("small"), (key) => this.word(key));
  }

  /** @param {Value} value */
  spoken(value) {
    return q.spoken(value, this.unit("large"), this.unit("small"), (key) => this.word(key));
  }

  /** @param {Value} said */
  listed(said) {
    return q.listed(String(said ?? ""), (key) => this.word(key));
  }

  /** @param {string} size @returns {import("./exact.js").Unit} */
  unit(size) {
    return { yen: /** @type {Fraction} */ (this.cell(`unit_${size}`)), name: String(this.cell(`unit_${size}_name`)) };
  }

  /** @param {string} name @param {Value} steps @returns {[number, Value[]]} */
  below(name, steps) {
    return [Number(q.integer(this.row())) - 1 + Number(q.integer(steps)), this.column(name)];
  }

  /** @param {string} name */
  tableOf(name) {
    const table = this.sheet.template.cells[name].table;
    if (table === undefined) throw new Error(`${name} is no column`);
    return table;
  }

  /** @param {string} name */
  beside(name) {
    const other = this.tableOf(name);
    if (other === this.table) return this.index;
    const around = AROUND[this.table ?? ""];
    if (!around?.includes(other)) throw new Error(`no row of ${name} is beside one of ${this.table}`);
    return other === around[0] ? Math.floor(this.index / this.channels) : this.index % this.channels;
  }
}

/** @param {Value} value */
const orZero = (value) => (q.isNumber(value) ? value : q.ZERO);
/** A text as spreadsheets compare it: ignoring case. @param {Value} value */
const folded = (value) => (typeof value === "string" ? value.toLowerCase() : value);
/** @param {Value} a @param {Value} b */
const same = (a, b) => (q.isNumber(a) && q.isNumber(b) ? q.order(a, b) === 0 : a === b);
