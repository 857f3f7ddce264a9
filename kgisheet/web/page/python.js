// Python in a worker: started while the form is filled in, asked with JSON and bytes, and ended when somebody says so.

import { say } from "./texts.js";

/** @typedef {{resolve: (value: any) => void, reject: (why: Error) => void}} Waiting */

export class Python {
  /** @param {(text: string, start?: string) => void} told @param {Promise<void>} [before] what Python waits for: its files */
  constructor(told, before = Promise.resolve()) {
    this.told = told;
    this.before = before;
    this.last = 0;
    /** @type {Map<number, Waiting>} */
    this.waiting = new Map();
    /** @type {Promise<Worker> | null} */
    this.worker = null;
  }

  start() {
    this.worker ??= this.before.then(() => {
      const worker = new Worker("worker.js", { type: "module" });
      worker.onmessage = ({ data }) => this.heard(data);
      worker.onerror = (bad) => this.fail(new Error(bad.message));
      return worker;
    });
    return this.worker;
  }

  /** @param {any} data */
  heard(data) {
    if (data.progress === "failed") {
      this.fail(new Error(data.places.why));
      return;
    }
    if (data.progress) {
      this.told(say(`python.${data.progress}`, data.places ?? {}), data.start);
      return;
    }
    const waiting = this.waiting.get(data.id);
    this.waiting.delete(data.id);
    if (data.error) waiting?.reject(new Error(data.error));
    else waiting?.resolve(data.value);
  }

  /** The next question starts anew: the network may be back. @param {Error} why */
  fail(why) {
    this.drop(why);
    this.told(say("python.failed", { why: why.message }));
  }

  /** @param {Error} why */
  drop(why) {
    this.worker?.then((worker) => worker.terminate());
    this.worker = null;
    for (const each of this.waiting.values()) each.reject(why);
    this.waiting.clear();
  }

  /** @param {string} call @param {any[]} args @returns {Promise<any>} */
  ask(call, ...args) {
    this.last += 1;
    const id = this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.start().then((worker) => this.waiting.has(id) && worker.postMessage({ id, call, args }));
    });
  }

  /** End what is running; the next question starts anew. */
  end() {
    this.drop(new Stopped());
    this.told("");
  }
}

export class Stopped extends Error {}
