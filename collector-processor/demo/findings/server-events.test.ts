import { expect, test } from '@jest/globals';
import { readServerEvents, type ServerEvent } from './server-events.ts';

async function read(...chunks: readonly Uint8Array[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readServerEvents(chunksOf(chunks))) events.push(event);
  return events;
}

async function* chunksOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* await Promise.resolve(chunks);
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('events are read wherever the stream is cut, also inside a letter', async () => {
  const stream = bytes('id: 7\nevent: anomaly\ndata: {"text":"für"}\n\n');
  const expected = [{ id: '7', event: 'anomaly', data: '{"text":"für"}' }];
  for (let cut = 0; cut <= stream.length; cut++) {
    expect(await read(stream.subarray(0, cut), stream.subarray(cut))).toEqual(expected);
  }
});

test('comments and events without data are left out', async () => {
  expect(await read(bytes(': keep alive\n\nevent: state\n\n'))).toEqual([]);
});

test('several data lines are one text, and an unnamed event is a message', async () => {
  expect(await read(bytes('data: a\r\ndata:b\r\n\r\n'))).toEqual([{ id: '', event: 'message', data: 'a\nb' }]);
});

test('an event that was cut off is dropped', async () => {
  expect(await read(bytes('data: whole\n\ndata: ha'))).toEqual([{ id: '', event: 'message', data: 'whole' }]);
});
