// A stand-in for Office's script: a workbook of a few sheets that answers as the vendor documents it: slices and their limits, two
// open files at most, calls that are queued until sync, properties that must be loaded, errors by their codes.
// model: {host, language, platform, sets, url, file, sheets, editing, hardened}; what was done to it is in model too.
globalThis.standin = (model) => {
  const MEGABYTES_4 = 4_194_304;
  const KILOBYTES_64 = 65_536;
  const later = (work) => setTimeout(work, 0);
  const error = (code, message) => Object.assign(new Error(message), { code, name: "RichApi.Error" });
  const has = (set, version) => Number((model.sets[set] ?? "0").split(".")[1] ?? -1) >= Number(version.split(".")[1]);
  const needs = (version) => {
    if (!has("ExcelApi", version)) throw error("ApiNotFound", `The API needs ExcelApi ${version}.`);
  };
  Object.assign(model, { files: 0, most: 0, opened: [], selected: null, settings: {}, comments: [], asked: [] });
  for (const sheet of model.sheets) Object.assign(sheet, { visibility: "Visible", protected: false, password: false, fills: {}, notes: [], writes: 0, ...sheet });

  // -- the document: callbacks, slices ------------------------------------------------
  const failed = (code, message) => ({ status: "failed", error: { code, message, name: "Error" } });
  const bytes = Uint8Array.from(atob(model.file ?? ""), (each) => each.charCodeAt(0));
  const opened = (size) => {
    let open = true;
    model.files += 1;
    model.most = Math.max(model.most, model.files);
    return {
      size: bytes.length,
      sliceCount: Math.ceil(bytes.length / size),
      getSliceAsync: (index, told) => later(() => {
        if (!open || index < 0 || index * size >= bytes.length || model.torn === index) return told(failed(5001, "An internal error has occurred."));
        const data = Array.from(bytes.subarray(index * size, (index + 1) * size));
        return told({ status: "succeeded", value: { data, index, size: data.length } });
      }),
      closeAsync: (told) => later(() => {
        if (open) model.files -= 1;
        open = false;
        told?.({ status: "succeeded" });
      }),
    };
  };
  const getFileAsync = (type, options, told) => later(() => {
    const size = options.sliceSize ?? MEGABYTES_4;
    model.asked.push(size);
    if (!has("CompressedFile", "1.1")) return told(failed(5000, "The operation is not supported."));
    if (size > (model.platform === "iOS" ? KILOBYTES_64 : MEGABYTES_4)) return told(failed(5001, "Internal Error"));
    if (model.files >= 2) return told(failed(5001, "No more than two documents are allowed to be in memory."));
    return told({ status: "succeeded", value: opened(size) });
  });

  const Office = {
    HostType: { Excel: "Excel", Word: "Word" },
    PlatformType: { PC: "PC", OfficeOnline: "OfficeOnline", Mac: "Mac", iOS: "iOS" },
    FileType: { Compressed: "compressed", Pdf: "pdf", Text: "text" },
    AsyncResultStatus: { Succeeded: "succeeded", Failed: "failed" },
    context: {
      displayLanguage: model.language, platform: model.platform,
      requirements: { isSetSupported: (set, version = "1.1") => has(set, version) },
      document: { url: model.url, getFileAsync },
    },
    onReady: async () => ({ host: model.host, platform: model.host && model.platform }),
  };

  // -- the workbook: proxies, a queue, sync ------------------------------------------------
  class Context {
    constructor() {
      this.queue = [];
      const settings = { getItemOrNullObject: (key) => this.thing(() => (key in model.settings ? { value: model.settings[key] } : null), { delete: () => delete model.settings[key] }), add: (key, value) => this.do(() => { model.settings[key] = JSON.parse(JSON.stringify(value)); }) };
      const comments = { add: (cell, text) => this.commented(cell, text), getItem: (id) => this.comment(() => model.comments.find((each) => each.id === id)) };
      this.workbook = { worksheets: { getItemOrNullObject: (key) => this.sheet(() => model.sheets.find((each) => each.name === key || each.id === key) ?? null) }, settings, comments };
    }

    do(work) {
      this.queue.push(work);
    }

    async sync() {
      const queue = this.queue.splice(0);
      await new Promise(later);
      if (model.editing && queue.length) throw error("InvalidOperationInCellEditMode", "Excel is in cell-editing mode.");
      for (const work of queue) work();
    }

    // An object whose properties are there once they were loaded and synced.
    thing(found, own = {}) {
      const loaded = {};
      const methods = Object.fromEntries(Object.entries(own).map(([name, work]) => [name, (...args) => this.do(() => work(found(), ...args))]));
      methods.load = (names) => this.do(() => {
        const held = found();
        loaded.isNullObject = held === null;
        for (const name of names.split(",")) loaded[name] = held?.[name];
      });
      const get = (_, name) => {
        if (name in methods) return methods[name];
        if (name in loaded) return loaded[name];
        throw error("PropertyNotLoaded", `The property '${String(name)}' is not available. Load it and sync.`);
      };
      return new Proxy({}, { get, set: (_, name, value) => { this.do(() => { found()[name] = value; }); return true; } });
    }

    sheet(found) {
      const writable = () => {
        if (found().protected) throw error("AccessDenied", "You cannot perform the requested operation.");
        found().writes += 1;
      };
      const protection = this.thing(() => ({ protected: found().protected, options: found().options ?? null }), {
        unprotect: () => { if (found().password) throw error("AccessDenied", "The password is wrong."); found().protected = false; },
        protect: (_, options) => { if (found().protected) throw error("InvalidOperation", "It is protected."); Object.assign(found(), { protected: true, options }); },
      });
      const made = this.thing(found, {
        activate: (sheet) => { if (sheet.visibility !== "Visible") throw error("InvalidOperation", "It is hidden."); model.active = sheet.name; },
      });
      return new Proxy(made, {
        get: (of, name) => {
          if (name === "protection") return protection;
          if (name === "getRange") return (address) => this.range(found, address, writable);
          return of[name];
        },
      });
    }

    range(sheet, address, writable) {
      const held = () => sheet().fills[address] ?? { color: "#FFFFFF", pattern: "None" };
      const plain = this.thing(held, { clear: () => { writable(); delete sheet().fills[address]; } });
      const fill = new Proxy(plain, {
        get: (of, name) => (name === "load" ? (names) => { if (names.includes("pattern")) this.do(() => needs("1.9")); of.load(names); } : of[name]),
        set: (_, name, value) => { this.do(() => { writable(); sheet().fills[address] = { ...held(), pattern: "Solid", [name]: value }; }); return true; },
      });
      const made = this.thing(() => ({ address: `'${sheet().name}'!${address}` }), { select: () => { model.selected = `${sheet().name}!${address}`; } });
      return new Proxy(made, { get: (of, name) => (name === "format" ? { fill } : name === "place" ? { sheet, address, writable } : of[name]) });
    }

    commented(range, text) {
      const id = `{${model.comments.length + 1}}`;
      this.do(() => {
        needs("1.10");
        const { sheet, address, writable } = range.place;
        writable();
        if (sheet().notes.includes(address) || model.comments.some((each) => each.sheet === sheet() && each.address === address)) throw error("InvalidArgument", "The cell has a comment.");
        model.comments.push({ id, sheet: sheet(), address, text });
      });
      return this.comment(() => model.comments.find((each) => each.id === id));
    }

    comment(found) {
      const there = () => {
        const held = found();
        if (!held) throw error("ItemNotFound", "The requested resource doesn't exist.");
        return held;
      };
      const made = this.thing(there, { delete: (held) => model.comments.splice(model.comments.indexOf(held), 1) });
      return new Proxy(made, { get: (of, name) => (name === "getLocation" ? () => this.thing(() => ({ address: `'${there().sheet.name}'!${there().address}` })) : of[name]) });
    }
  }
  const Excel = {
    run: async (work) => {
      const context = new Context();
      const value = await work(context);
      await context.sync();
      return value;
    },
    createWorkbook: async (base64) => {
      await new Promise(later);
      needs("1.8");
      if (model.hardened) throw error("GeneralException", "This operation is not allowed due to the extension hardening policy.");
      if (!/^UEsDB/.test(base64 ?? "")) throw error("InvalidArgument", "The argument is invalid or missing or has an incorrect format.");
      model.opened.push(base64);
    },
  };
  return { Office, Excel };
};
