import { type Field, fieldOf, fieldSize } from './header-fields.ts';

/** RFC 7541, appendix A: names, and values where there are any, in order from 1 on. */
const STATIC_TABLE =
  ':authority|:method=GET|:method=POST|:path=/|:path=/index.html|:scheme=http|:scheme=https|:status=200|:status=204|' +
  ':status=206|:status=304|:status=400|:status=404|:status=500|accept-charset|accept-encoding=gzip, deflate|' +
  'accept-language|accept-ranges|accept|access-control-allow-origin|age|allow|authorization|cache-control|' +
  'content-disposition|content-encoding|content-language|content-length|content-location|content-range|content-type|' +
  'cookie|date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|' +
  'last-modified|link|location|max-forwards|proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|' +
  'server|set-cookie|strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate';

export const staticFields: readonly Field[] = STATIC_TABLE.split('|').map((entry) => {
  const [name = '', value = ''] = entry.split('=');
  return fieldOf(name, value);
});

/** What the other side has told to remember: first in, first out, bounded in bytes. */
export class DynamicTable {
  /** The newest is the last. */
  readonly #fields: Field[] = [];
  #bytes = 0;
  #capacity: number;
  /** Changes with every change. */
  version = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** 1 is the newest. */
  at(index: number): Field | undefined {
    return this.#fields[this.#fields.length - index];
  }

  add(field: Field): void {
    this.version++;
    this.#fields.push(field);
    this.#bytes += fieldSize(field);
    this.#evict();
  }

  resize(capacity: number): void {
    this.version++;
    this.#capacity = capacity;
    this.#evict();
  }

  #evict(): void {
    while (this.#bytes > this.#capacity) {
      const oldest = this.#fields.shift();
      if (oldest === undefined) return;
      this.#bytes -= fieldSize(oldest);
    }
  }
}
