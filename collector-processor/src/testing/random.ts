/** Repeatable randomness for tests and benchmarks: the same seed gives the same numbers. Not for secrets. */
export interface Random {
  /** [0, 1) */
  next(): number;
  /** 0 to `below` - 1. */
  integer(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** True once in `n` times. */
  oneIn(n: number): boolean;
  bytes(length: number): Uint8Array;
}

/** Jest looks up globals through a proxy, which here would take half of the time. */
const { floor, imul } = Math;

/** A 32-bit Weyl sequence through a multiply-xor mixer. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x9e3779b9) >>> 0;
    let x = state;
    x = imul(x ^ (x >>> 16), 0x21f0aaad);
    x = imul(x ^ (x >>> 15), 0x735a2d97);
    return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
  }

  function integer(below: number): number {
    return floor(next() * below);
  }

  return {
    next,
    integer,
    pick: (items) => items[integer(items.length)]!,
    oneIn: (n) => integer(n) === 0,
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let i = 0; i < length; i++) bytes[i] = integer(256);
      return bytes;
    },
  };
}
