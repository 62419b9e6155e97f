import type { Signal } from '../../src/model/signal.ts';

export type Wire = 'grpc' | 'http';
export type Compression = 'none' | 'gzip';

export interface Case {
  readonly signal: Signal;
  readonly wire: Wire;
  readonly compression: Compression;
  /** In one request. */
  readonly items: number;
}

/** Requests under way at the same time: enough to keep one core busy, few enough to stay below everybody's limits. */
const IN_FLIGHT: Readonly<Record<number, number>> = { 8: 64, 225: 32, 1000: 16 };
/** Items in one measured run: about a second of work for the slower side. */
const RUN_ITEMS: Readonly<Record<number, number>> = { 8: 80_000, 225: 300_000, 1000: 400_000 };

export const inFlightOf = ({ items }: Case): number => IN_FLIGHT[items] ?? 32;
export const requestsOf = ({ items }: Case): number => Math.ceil((RUN_ITEMS[items] ?? 300_000) / items);

export const nameOf = ({ signal, wire, compression, items }: Case): string =>
  `${signal} ${wire} ${compression} ${items}`;

/** The matrix, ordered so that bodies of one signal and size are built once. `only` keeps what has all its words. */
export function casesOf(only: string): Case[] {
  const words = only.split(/[\s,]+/).filter((word) => word !== '');
  const all = (['traces', 'metrics', 'logs'] as const).flatMap((signal) =>
    [8, 225, 1000].flatMap((items) =>
      (['http', 'grpc'] as const).flatMap((wire) =>
        (['none', 'gzip'] as const).map((compression): Case => ({ signal, wire, compression, items })),
      ),
    ),
  );
  return all.filter((one) => words.every((word) => nameOf(one).split(' ').includes(word)));
}
