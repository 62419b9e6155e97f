import { decodeMessage } from '../model/otlp/decode-message.ts';
import { type Resource } from '../model/resource.ts';
import { attributeText } from './attribute-text.ts';
import { Hash } from './hash.ts';
import { createResource } from './resource-identity.ts';

export interface ResourceLimits {
  /** Distinct resources that are kept, and the most that one request may bring. */
  readonly maxResources: number;
  /** Bytes of the messages of all kept resources. */
  readonly maxResourceMemory: number;
  readonly identityAttributes: readonly string[];
}

interface Entry {
  readonly bytes: Uint8Array;
  readonly resource: Resource;
  /** Where the resource stands in the list of `batch`. */
  batch: number;
  row: number;
}

/** Resources by the bytes of their messages, least recently used out first, so that one is built once and not per request. */
export class ResourceCache {
  /** Resources of the batch being read. */
  resources: Resource[] = [];
  evicted = 0;
  readonly #limits: ResourceLimits;
  readonly #entries = new Map<number, Entry>();
  readonly #hash = new Hash();
  #memory = 0;
  #batch = 0;

  constructor(limits: ResourceLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#entries.size;
  }

  begin(): void {
    this.#batch++;
    this.resources = [];
  }

  /** Row of the resource in `resources`, or -1 when the request brought too many. The message is known to be well formed. */
  rowOf(message: Uint8Array): number {
    const key = this.#keyOf(message);
    const known = this.#entries.get(key);
    const isSame = known !== undefined && Buffer.compare(known.bytes, message) === 0;
    if (isSame && known.batch === this.#batch) return known.row;
    if (this.resources.length >= this.#limits.maxResources) return -1;
    const entry = isSame ? known : this.#create(message);
    if (known !== undefined) this.#remove(key, known);
    this.#keep(key, entry);
    entry.batch = this.#batch;
    entry.row = this.resources.push(entry.resource) - 1;
    return entry.row;
  }

  #keyOf(message: Uint8Array): number {
    const hash = this.#hash;
    hash.start();
    hash.add(new DataView(message.buffer, message.byteOffset, message.byteLength), 0, message.length);
    hash.finish();
    return (hash.high >>> 0) * 2 ** 21 + (hash.low >>> 11);
  }

  #create(message: Uint8Array): Entry {
    const attributes = new Map<string, string>();
    const result = decodeMessage('Resource', message);
    const list = result.kind === 'message' ? (result.message.attributes ?? []) : [];
    for (const { key = '', value = {} } of list) attributes.set(key, attributeText(value));
    const resource = createResource(attributes, this.#limits.identityAttributes);
    // A copy: `slice` of a Buffer is a view, would keep the whole payload, and its memory serves other requests later.
    return { bytes: new Uint8Array(message), resource, batch: 0, row: 0 };
  }

  /** As the one seen last. */
  #keep(key: number, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#memory += entry.bytes.length;
    for (const [oldest, least] of this.#entries) {
      if (this.#entries.size <= this.#limits.maxResources && this.#memory <= this.#limits.maxResourceMemory) return;
      this.#remove(oldest, least);
      this.evicted++;
    }
  }

  #remove(key: number, entry: Entry): void {
    this.#entries.delete(key);
    this.#memory -= entry.bytes.length;
  }
}
