// Of Office's script what the pane calls, as its vendor documents it; held against @types/office-js (docs/evidence.md).
declare namespace Office {
  enum HostType { Excel = "Excel" }
  enum PlatformType { PC = "PC", OfficeOnline = "OfficeOnline", Mac = "Mac", iOS = "iOS" }
  enum FileType { Compressed = "compressed" }
  enum AsyncResultStatus { Succeeded = "succeeded", Failed = "failed" }
  interface AsyncResult<T> { status: AsyncResultStatus; value: T; error: { code: number; message: string; name: string } }
  interface Slice { data: any; index: number; size: number }
  interface File {
    size: number;
    sliceCount: number;
    getSliceAsync(index: number, told?: (result: AsyncResult<Slice>) => void): void;
    closeAsync(told?: (result: AsyncResult<void>) => void): void;
  }
  const context: {
    displayLanguage: string;
    platform: PlatformType;
    requirements: { isSetSupported(name: string, version?: string): boolean };
    document: { url: string; getFileAsync(type: FileType, options: { sliceSize?: number }, told?: (result: AsyncResult<File>) => void): void };
  };
  function onReady(): Promise<{ host: HostType | null; platform: PlatformType | null }>;
}

declare namespace Excel {
  interface Loaded { isNullObject: boolean; load(names: string): unknown }
  interface RangeFill { color: string; pattern: string; clear(): void; load(names: string): unknown }
  interface Range extends Loaded { address: string; format: { fill: RangeFill }; select(): void }
  interface Protection { protected: boolean; options: object; protect(options?: object): void; unprotect(): void; load(names: string): unknown }
  interface Worksheet extends Loaded {
    id: string; name: string; visibility: string; protection: Protection;
    activate(): void; getRange(address: string): Range;
  }
  interface Setting extends Loaded { value: any; delete(): void }
  interface Comment extends Loaded { id: string; delete(): void; getLocation(): Range }
  interface RequestContext {
    sync(): Promise<unknown>;
    workbook: {
      worksheets: { getItemOrNullObject(nameOrId: string): Worksheet };
      settings: { add(key: string, value: any): Setting; getItemOrNullObject(key: string): Setting };
      comments: { add(cell: Range | string, content: string): Comment; getItem(id: string): Comment };
    };
  }
  function run<T>(work: (context: RequestContext) => Promise<T>): Promise<T>;
  function createWorkbook(base64?: string): Promise<void>;
}
