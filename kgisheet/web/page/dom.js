// Elements, downloads, and the link that carries a plan.

/** @param {string} tag @param {Record<string, string | null>} attributes a null one is left out @param {...(Node | string)} children */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children.filter((each) => each !== ""));
  return made;
}

/** @param {Uint8Array} bytes @param {string} name @param {string} type */
export function download(bytes, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (bytes)], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A label that breaks before what it has in brackets, and not within. @param {string} label @returns {Node[]} */
export const broken = (label) => label.split(/(?=\()/).flatMap((each, at) => [...(at ? [element("wbr", {})] : []), element("span", { class: "whole" }, each)]);

const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** @param {Uint8Array} bytes @param {string} name */
export const downloadBook = (bytes, name) => download(bytes, name, WORKBOOK);

/** @typedef {{what: string, fix: string}} Problem */

/** What is wrong, and what would be right. @param {Problem} each */
export const told = ({ what, fix }) => (fix ? `${what} → ${fix}` : what);

/** One below the other. @param {Problem[]} all */
export const problems = (all) => element("ul", { class: "problems" }, ...all.map((each) => element("li", {}, told(each))));

/** A place to drop files, or to choose them. @param {string} id @param {string} text @param {string} accept @param {(files: File[]) => void} take */
export function dropped(id, text, accept, take) {
  const chosen = element("input", { type: "file", id, class: "hidden", multiple: "", accept });
  const drop = element("label", { class: "drop", for: id }, element("span", { "data-text": text }), chosen, element("span", { class: "button", "data-text": "check.choose" }));
  chosen.addEventListener("change", () => take([.../** @type {HTMLInputElement} */ (chosen).files ?? []]));
  for (const kind of ["dragover", "dragenter"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.remove("over"); });
  drop.addEventListener("drop", (event) => take([...(/** @type {DragEvent} */ (event).dataTransfer?.files ?? [])]));
  return drop;
}

const PREFIX = "#plan=";

/** A link whose fragment holds the plan; fragments are never sent. @param {object} plan */
export function linkOf(plan) {
  const bytes = new TextEncoder().encode(JSON.stringify(plan));
  const text = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `${PREFIX}${text}`;
}

/** The plan of a link; null where there is none, or it isn't one. @param {string} hash */
export function planOf(hash) {
  if (!hash.startsWith(PREFIX)) return null;
  try {
    const text = atob(hash.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/"));
    const plan = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (each) => each.charCodeAt(0))));
    const rows = Array.isArray(plan.channel) && plan.channel.length > 0 && plan.channel.length <= 12 ? plan.channel : null;
    if (!rows || typeof plan.single !== "object") return null;
    return { stage: plan.stage !== false, example: false, single: texts(plan.single), channel: rows.map(texts) };
  } catch {
    return null;
  }
}

/** Only texts come in from a link. @param {Record<string, unknown>} row @returns {Record<string, string>} */
const texts = (row) => Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => typeof value === "string").map(([key, value]) => [key, String(value)]));

const KEPT = "kgisheet.plan";

/** The plan that was typed before the page was loaded again; a frame in somebody else's page may have no storage. */
export function remembered() {
  try {
    return sessionStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} plan */
export function remember(plan) {
  try {
    sessionStorage.setItem(KEPT, plan);
  } catch {
    // It isn't remembered.
  }
}
