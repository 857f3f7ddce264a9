// Everything that the pane asks of Excel, and nothing else: the open workbook's bytes, a cell to select, a new workbook, marks.
// What Excel refuses is thrown as a Refused, whose message is for people.

import { say } from "./texts.js";

/** @typedef {{sheet: string, cell: string, text: string, severity: "error" | "warning" | "note"}} Wanted */
/** @typedef {{color: string, pattern: string | null}} Fill */
/** A cell as it was before it was marked; ``fill`` null where its fill was left alone. @typedef {{sheet: string, cell: string, fill: Fill | null, comment: string | null}} Marked */
/** Cells that were coloured, or have their colour back; comments; of marks taken away the cells that stay as they are.
 *  @typedef {{cells: number, comments: number, stay: number, left: {sheet: string, why: string}[]}} Done */

const MEGABYTES_4 = 4_194_304;
const KILOBYTES_64 = 65_536;
const KEPT = "kgi.marks";
const COLORS = { error: "#F9C0BC", warning: "#FFE199", note: "#CFE0F5" };
const OURS = new Set(Object.values(COLORS));
const PLAIN = ["None", "Solid"];
const UNFILLED = "#FFFFFF";
const XLSX = ".xlsx";

/** What Excel's own errors mean to somebody at the pane. @type {Record<string, string>} */
const MEANT = {
  AccessDenied: "host.protected",
  ApiNotFound: "host.old",
  InvalidOperationInCellEditMode: "host.editing",
  ItemNotFound: "host.gone",
  NotImplemented: "host.old",
  RequestPayloadSizeLimitExceeded: "host.large",
  ResponsePayloadSizeLimitExceeded: "host.large",
  UnsupportedOperation: "host.old",
};

export class Refused extends Error {
  /** @param {string} key @param {Record<string, string>} [places] */
  constructor(key, places = {}) {
    super(say(key, places));
  }
}

/** An error of Excel's as one of ours. @param {any} bad @param {string} [otherwise] */
function refused(bad, otherwise = "host.failed") {
  if (bad instanceof Refused) return bad;
  const why = String(bad?.message ?? bad);
  return new Refused(MEANT[bad?.code] ?? otherwise, { why: bad?.code ? `${why} (${bad.code})` : why });
}

// -- where the pane is --------------------------------------------------------------

/** @returns {Promise<"excel" | "elsewhere" | "missing">} missing: Office's script didn't come */
export async function ready() {
  if (typeof Office === "undefined") return "missing";
  const { host } = await Office.onReady();
  return host === Office.HostType.Excel ? "excel" : "elsewhere";
}

/** @returns {string} the language of Excel's own menus, as a tag */
export const language = () => Office.context.displayLanguage;

/** @param {string} set @param {string} version */
const can = (set, version) => Office.context.requirements.isSetSupported(set, version);

/** Whether Excel hands the open workbook over: it doesn't on the web, nor on iPad. */
export const readable = () => can("CompressedFile", "1.1");

/** @template T @param {(context: Excel.RequestContext) => Promise<T>} work @returns {Promise<T>} */
async function inExcel(work) {
  try {
    return await Excel.run(work);
  } catch (bad) {
    throw refused(bad);
  }
}

// -- the open workbook -------------------------------------------------------------------

/** A call with a callback as a promise. @template T @param {(told: (result: Office.AsyncResult<T>) => void) => void} start @returns {Promise<T>} */
const called = (start) => new Promise((resolve, reject) => start((result) => (result.status === Office.AsyncResultStatus.Succeeded ? resolve(result.value) : reject(result.error))));

/** @type {Promise<unknown>} */
let before = Promise.resolve();

/** The open workbook as it is now, saved or not. One after the other: Office keeps two copies open at most. @returns {Promise<{name: string, bytes: Uint8Array}>} */
export function book() {
  const now = before.then(read);
  before = now.catch(() => {});
  return now;
}

async function read() {
  const sliceSize = Office.context.platform === Office.PlatformType.iOS ? KILOBYTES_64 : MEGABYTES_4;
  try {
    const file = await called((told) => Office.context.document.getFileAsync(Office.FileType.Compressed, { sliceSize }, told));
    try {
      const bytes = new Uint8Array(file.size);
      let at = 0;
      for (let index = 0; index < file.sliceCount; index += 1) {
        const slice = await called((/** @type {(result: Office.AsyncResult<Office.Slice>) => void} */ told) => file.getSliceAsync(index, told));
        bytes.set(slice.data, at);
        at += slice.data.length;
      }
      return { name: named(Office.context.document.url), bytes };
    } finally {
      // Left open it would be one of the two.
      await called((/** @type {(result: Office.AsyncResult<void>) => void} */ told) => file.closeAsync(told)).catch(() => {});
    }
  } catch (bad) {
    throw refused(bad, "host.unread");
  }
}

/** The workbook's name at the end of its address or path; one that was never saved has none. @param {string | null} url */
export function named(url) {
  const last = (url ?? "").split(/[\\/]/).pop()?.replace(/[?#].*$/, "") ?? "";
  let name = last;
  try {
    name = /^https?:/i.test(url ?? "") ? decodeURIComponent(last) : last;
  } catch {
    // A name with a % of its own.
  }
  return /\.xls[xm]$/i.test(name) ? name : `${name.replace(/\.[^.]*$/, "") || "goal"}${XLSX}`;
}

/** Show a cell. @param {string} sheet @param {string} cell */
export const select = (sheet, cell) => inExcel(async (context) => {
  const found = context.workbook.worksheets.getItemOrNullObject(sheet);
  found.load("visibility");
  await context.sync();
  if (found.isNullObject) throw new Refused("host.gone", { sheet });
  if (found.visibility !== "Visible") throw new Refused("host.hidden", { sheet });
  found.activate();
  found.getRange(cell).select();
  await context.sync();
});

/** Open a workbook as a new one beside the open one: an add-in can't replace what is open. @param {Uint8Array} bytes */
export async function open(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += KILOBYTES_64) text += String.fromCharCode(...bytes.subarray(at, at + KILOBYTES_64));
  try {
    await Excel.createWorkbook(btoa(text));
  } catch (bad) {
    throw refused(bad, "host.unopened");
  }
}

// -- marks -----------------------------------------------------------------------------

/** Whether there are marks in the workbook, from now or from before it was saved. */
export const marked = () => inExcel(async (context) => (await kept(context)).cells.length > 0);

/** What was there before the marks, as it is kept in the workbook. @param {Excel.RequestContext} context @returns {Promise<{setting: Excel.Setting, cells: Marked[]}>} */
async function kept(context) {
  const setting = context.workbook.settings.getItemOrNullObject(KEPT);
  setting.load("value");
  await context.sync();
  return { setting, cells: setting.isNullObject ? [] : setting.value };
}

/** Mark cells by fill and comment; what was there is kept in the workbook. @param {Wanted[]} wanted @returns {Promise<Done>} */
export const mark = (wanted) => inExcel(async (context) => {
  await cleared(context);
  const { cells } = await kept(context);
  /** @type {Done} */
  const done = { cells: 0, comments: 0, stay: 0, left: [] };
  for (const [sheet, of] of bySheet(wanted)) {
    const found = context.workbook.worksheets.getItemOrNullObject(sheet);
    found.load("id");
    await context.sync();
    const still = cells.filter((each) => !found.isNullObject && each.sheet === found.id).map((each) => each.cell);
    const why = found.isNullObject ? say("host.gone") : await unlocked(context, found, async () => {
      const made = await filled(context, found, of.filter((each) => !still.includes(each.cell)));
      cells.push(...made);
      if (can("ExcelApi", "1.10")) await commented(context, found, of, made);
    });
    if (why) done.left.push({ sheet, why });
  }
  if (cells.length) context.workbook.settings.add(KEPT, cells);
  await context.sync();
  return { ...done, cells: cells.filter((each) => each.fill !== null).length, comments: cells.filter((each) => each.comment !== null).length };
});

/** Take the marks away; what was there is there again. @returns {Promise<Done>} */
export const unmark = () => inExcel(cleared);

/** @template {{sheet: string}} T @param {T[]} all @returns {Map<string, T[]>} */
function bySheet(all) {
  /** @type {Map<string, T[]>} */
  const found = new Map();
  for (const each of all) found.set(each.sheet, [...(found.get(each.sheet) ?? []), each]);
  return found;
}

/** Do something on a sheet whose protection, where it has no password, is taken off meanwhile; returns why it couldn't be done.
 *  @param {Excel.RequestContext} context @param {Excel.Worksheet} sheet @param {() => Promise<void>} work @returns {Promise<string | null>} */
async function unlocked(context, sheet, work) {
  const { protection } = sheet;
  protection.load("protected,options");
  await context.sync();
  const { protected: isProtected, options } = protection;
  try {
    if (isProtected) protection.unprotect();
    await context.sync();
  } catch {
    return say("host.protected");
  }
  try {
    await work();
    return null;
  } catch (bad) {
    return refused(bad).message;
  } finally {
    if (isProtected) protection.protect(options);
    await context.sync();
  }
}

/** @param {Excel.RequestContext} context @param {Excel.Worksheet} sheet @param {Wanted[]} wanted @returns {Promise<Marked[]>} */
async function filled(context, sheet, wanted) {
  const patterns = can("ExcelApi", "1.9");
  const fills = wanted.map((each) => sheet.getRange(each.cell).format.fill);
  for (const fill of fills) fill.load(patterns ? "color,pattern" : "color");
  await context.sync();
  const cells = wanted.map((each, at) => {
    const { color, pattern } = { color: fills[at].color, pattern: patterns ? fills[at].pattern : null };
    const isPlain = !pattern || PLAIN.includes(pattern);
    if (isPlain) fills[at].color = COLORS[each.severity];
    return { sheet: sheet.id, cell: each.cell, fill: isPlain ? { color, pattern } : null, comment: null };
  });
  await context.sync();
  return cells;
}

/** A comment for each cell; one that has a comment or a note of somebody's keeps that. @param {Excel.RequestContext} context @param {Excel.Worksheet} sheet @param {Wanted[]} wanted @param {Marked[]} cells */
async function commented(context, sheet, wanted, cells) {
  for (const cell of cells) {
    try {
      const comment = context.workbook.comments.add(sheet.getRange(cell.cell), wanted.find((each) => each.cell === cell.cell)?.text ?? "");
      comment.load("id");
      await context.sync();
      cell.comment = comment.id;
    } catch {
      // The fill marks the cell, and the finding stays in the pane.
    }
  }
}

/** @param {Excel.RequestContext} context @returns {Promise<Done>} */
async function cleared(context) {
  const { setting, cells } = await kept(context);
  /** @type {Done} */
  const done = { cells: 0, comments: 0, stay: 0, left: [] };
  for (const [id, of] of bySheet(cells)) {
    const sheet = context.workbook.worksheets.getItemOrNullObject(id);
    sheet.load("name");
    await context.sync();
    if (sheet.isNullObject) continue;
    const why = await unlocked(context, sheet, async () => {
      // Those whose place a comment tells come first: another's old address may be theirs now.
      for (const each of of.toSorted((a, b) => Number(a.comment === null) - Number(b.comment === null))) await restored(context, sheet, each, done);
    });
    if (why) done.left.push({ sheet: sheet.name, why });
  }
  if (!setting.isNullObject && !done.left.length) setting.delete();
  await context.sync();
  return done;
}

/** A cell as it was: where rows were added since, its comment says where it is now; a fill that somebody changed since stays.
 *  @param {Excel.RequestContext} context @param {Excel.Worksheet} sheet @param {Marked} was @param {Done} done */
async function restored(context, sheet, was, done) {
  let range = sheet.getRange(was.cell);
  if (was.comment !== null) {
    try {
      const comment = context.workbook.comments.getItem(was.comment);
      const place = comment.getLocation();
      place.load("address");
      await context.sync();
      range = sheet.getRange(place.address.replace(/^.*!/, ""));
      comment.delete();
      await context.sync();
      done.comments += 1;
    } catch {
      // Somebody has deleted the comment.
    }
  }
  if (was.fill === null) return;
  const { fill } = range.format;
  fill.load("color");
  await context.sync();
  if (!OURS.has(String(fill.color).toUpperCase())) {
    done.stay += 1;
    return;
  }
  if (was.fill.pattern === "None" || (was.fill.pattern === null && was.fill.color === UNFILLED)) fill.clear();
  else fill.color = was.fill.color;
  await context.sync();
  done.cells += 1;
}
