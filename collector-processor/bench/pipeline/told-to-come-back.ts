import { setTimeout as pause } from 'node:timers/promises';
import type { Sender } from './http-load.ts';

/** HTTP 429 and 503, gRPC RESOURCE_EXHAUSTED and UNAVAILABLE: nothing was taken, the same request may come again. */
export class ToldToComeBack extends Error {}

const WAIT_MS = 1_000;
const ATTEMPTS = 30;

/** As exporters do: comes back when told to. Resolves to how often it was told. */
export async function sendPatiently(sender: Sender, body: Uint8Array): Promise<number> {
  for (let refusals = 0; ; refusals++) {
    try {
      await sender.send(body);
      return refusals;
    } catch (error) {
      if (!(error instanceof ToldToComeBack) || refusals === ATTEMPTS) throw error;
      await pause(WAIT_MS);
    }
  }
}
