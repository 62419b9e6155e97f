/** What the section `decode.reading` of the configuration resolves to: sizes in bytes, times in milliseconds. */
export interface ReadingOptions {
  /** 0: everything is read on the main thread. */
  readonly threads: number;
  /** Smaller bodies are read at once: OTLP/JSON, and protobuf. */
  readonly minJsonSize: number;
  readonly minSize: number;
  readonly queueSize: number;
  readonly timeout: number;
  /** A thread that has had nothing to read for this long ends. */
  readonly idleAfter: number;
  readonly maxHeap: number;
}
