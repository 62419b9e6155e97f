import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Orders } from './orders.ts';

export interface TypedOrdersOptions {
  readonly input: Readable;
  readonly orders: Orders;
  readonly write: (line: string) => void;
  readonly report: () => void;
  readonly quit: () => void;
}

/** Lines typed while the demo runs. Returns what stops listening. */
export function listenToTyping({ input, orders, write, report, quit }: TypedOrdersOptions): () => void {
  const lines = createInterface({ input });
  lines.on('line', (line) => {
    const word = line.trim().toLowerCase();
    if (word === 'quit' || word === 'q') quit();
    else if (word === 'report') report();
    else if (word === 'list' || word === 'help' || word === '?') orders.list().forEach(write);
    else if (word !== '') write(orders.inject(word).text);
  });
  return () => {
    lines.close();
    input.destroy();
  };
}
