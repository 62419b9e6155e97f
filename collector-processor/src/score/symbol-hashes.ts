import type { Symbols } from '../model/symbols.ts';
import { hashText } from './state/hash64.ts';

/**
 * Hashes of symbols' texts, made once for each symbol: symbols are numbers of this process, series must be found again
 * after a restart.
 */
export class SymbolHashes {
  low = 0;
  high = 0;
  ignored = false;
  private readonly isIgnored: (text: string) => boolean;
  private symbols: Symbols | undefined;
  private generation = 0;
  private lows = new Uint32Array(1024);
  private highs = new Uint32Array(1024);
  /** 0: not known yet, 1: known, 2: known and to be left out. */
  private states = new Uint8Array(1024);

  constructor(isIgnored: (text: string) => boolean) {
    this.isIgnored = isIgnored;
  }

  /** To be called before symbols of a batch are asked for. */
  follow(symbols: Symbols): void {
    if (this.symbols !== symbols || this.generation !== symbols.generation) this.states.fill(0);
    this.symbols = symbols;
    this.generation = symbols.generation;
  }

  /** Makes `low`, `high` and `ignored` those of a symbol. */
  choose(symbol: number): void {
    if (symbol >= this.states.length || this.states[symbol] === 0) this.learn(symbol);
    this.low = this.lows[symbol] as number;
    this.high = this.highs[symbol] as number;
    this.ignored = this.states[symbol] === 2;
  }

  private learn(symbol: number): void {
    while (symbol >= this.states.length) this.grow();
    const text = this.symbols?.text(symbol) ?? '';
    const { low, high } = hashText(text);
    this.lows[symbol] = low;
    this.highs[symbol] = high;
    this.states[symbol] = this.isIgnored(text) ? 2 : 1;
  }

  private grow(): void {
    const { lows, highs, states } = this;
    this.lows = new Uint32Array(lows.length * 2);
    this.highs = new Uint32Array(lows.length * 2);
    this.states = new Uint8Array(lows.length * 2);
    this.lows.set(lows);
    this.highs.set(highs);
    this.states.set(states);
  }
}
