import { ABSENT, OVERFLOW_TEXT, type Symbols } from '../../model/symbols.ts';

/** Symbols without a bound, for tests. */
export class TestSymbols implements Symbols {
  readonly overflowed = 0;
  readonly generation = 0;
  private readonly texts = ['', OVERFLOW_TEXT];
  private readonly ids = new Map<string, number>([['', ABSENT]]);

  get size(): number {
    return this.texts.length;
  }

  intern(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    this.texts.push(text);
    this.ids.set(text, this.texts.length - 1);
    return this.texts.length - 1;
  }

  internBytes(bytes: Uint8Array, start: number, end: number): number {
    return this.intern(new TextDecoder().decode(bytes.subarray(start, end)));
  }

  text(id: number): string {
    return this.texts[id] ?? '';
  }
}
