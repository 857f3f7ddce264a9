// Of the runtime only what the worker uses.
export interface Python {
  unpackArchive(data: Uint8Array, format: string): void;
  pyimport(name: string): any;
  toPy(value: unknown): any;
}
export function loadPyodide(options: { indexURL: string }): Promise<Python>;
