// Of the runtime only what the worker uses.
export interface Python {
  unpackArchive(data: Uint8Array, format: string): void;
  pyimport(name: string): any;
  toPy(value: unknown): any;
}
export interface Options {
  indexURL: string;
  _loadSnapshot?: Uint8Array;
}
export function loadPyodide(options: Options): Promise<Python>;
