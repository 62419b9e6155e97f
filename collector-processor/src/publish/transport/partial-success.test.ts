import { describe, expect, test } from '@jest/globals';
import { signals } from '../../model/signal.ts';
import { exportResponse, exportResponseJson } from '../../testing/sink/sink-replies.ts';
import { readPartialSuccess } from './partial-success.ts';

describe.each(signals)('%s', (signal) => {
  test.each([
    [3, 'too old'],
    [0, 'only a warning'],
  ])('%d rejected, %p: read from protobuf and JSON', (rejected, message) => {
    const expected = { rejectedItems: rejected, message };
    expect(readPartialSuccess(signal, 'protobuf', exportResponse(signal, { rejected, message }))).toEqual(expected);
    const json = Buffer.from(exportResponseJson(signal, { rejected, message }));
    expect(readPartialSuccess(signal, 'json', json)).toEqual(expected);
  });

  test('a full success, in each of its spellings, is none', () => {
    expect(readPartialSuccess(signal, 'protobuf', Uint8Array.from([0x0a, 0x00]))).toBeUndefined();
    for (const json of ['{}', '{"partialSuccess":{}}', '{"partialSuccess":null}', '']) {
      expect(readPartialSuccess(signal, 'json', Buffer.from(json))).toBeUndefined();
    }
  });

  test('an answer of megabytes is not read', () => {
    const message = 'x'.repeat(100_000);
    expect(readPartialSuccess(signal, 'protobuf', exportResponse(signal, { rejected: 1, message }))).toBeUndefined();
    const json = Buffer.from(exportResponseJson(signal, { rejected: 1, message }));
    expect(readPartialSuccess(signal, 'json', json)).toBeUndefined();
  });

  test('what cannot be read, or is nonsense, is none', () => {
    expect(readPartialSuccess(signal, 'protobuf', Buffer.from('<html>'))).toBeUndefined();
    for (const json of ['<html>', '[]', '7', '{"partialSuccess":{"rejectedSpans":"-1"}}']) {
      expect(readPartialSuccess(signal, 'json', Buffer.from(json))).toBeUndefined();
    }
  });
});
