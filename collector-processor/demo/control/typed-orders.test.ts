import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { listenToTyping } from './typed-orders.ts';

test('names go to the menu, words to the demo, and nothing happens on an empty line', async () => {
  const input = new PassThrough();
  const seen: string[] = [];
  const close = listenToTyping({
    input,
    orders: {
      inject: (name) => {
        seen.push(`inject ${name}`);
        return { kind: 'done', text: 'in' };
      },
      list: () => ['latency: slow'],
    },
    write: (line) => seen.push(line),
    report: () => seen.push('report'),
    quit: () => seen.push('quit'),
  });
  input.write('latency\n\n LIST \nreport\nquit\n');
  await new Promise((resolve) => setTimeout(resolve, 10));
  close();
  expect(seen).toEqual(['inject latency', 'in', 'latency: slow', 'report', 'quit']);
});
