import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { signals } from '../../model/signal.ts';
import { unlimitedReserve } from '../../runtime/body-buffer.ts';
import { inflateLater } from '../../runtime/inflate.ts';
import type { Recorded } from './tape.ts';

const LENGTH_BYTES = 4;

/**
 * One file for each signal, `traces.binpb` and so on: messages behind their length (four bytes, big endian), which is how the
 * Collector's file exporter writes protobuf and what `sentinel replay` reads. The folder is there as a whole or not at all.
 */
export async function writeRecording(
  folder: string,
  recorded: readonly Recorded[],
  maxBytes: number,
): Promise<{ readonly requests: number; readonly unreadable: number }> {
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  let [requests, unreadable] = [0, 0];
  for (const signal of signals) {
    const own = recorded.filter((one) => one.signal === signal);
    if (own.length === 0) continue;
    const file = await open(join(draft, `${signal}.binpb`), 'wx', 0o600);
    try {
      for (const one of own) {
        const message = await inflated(one, maxBytes);
        if (message === undefined) {
          unreadable++;
          continue;
        }
        const length = Buffer.alloc(LENGTH_BYTES);
        length.writeUInt32BE(message.byteLength);
        await file.writev([length, message]);
        requests++;
      }
    } finally {
      await file.close();
    }
  }
  await rename(draft, folder);
  return { requests, unreadable };
}

async function inflated({ compression, bytes }: Recorded, maxBytes: number): Promise<Uint8Array | undefined> {
  if (compression === 'identity') return bytes;
  const result = await inflateLater({ body: bytes, compression, maxBytes, reserve: unlimitedReserve });
  return result.kind === 'inflated' ? result.payload : undefined;
}
