import type { OutgoingRequest, SendOutcome, Transport } from '../transport/transport.ts';

export interface ScriptedTransport extends Transport {
  /** Everything that was sent, in order. */
  readonly sent: readonly OutgoingRequest[];
  /** Attempts that wait for their outcome. */
  readonly open: number;
  /** Ends the oldest open attempts, one for each outcome, and lets everything that follows happen. */
  end(...outcomes: SendOutcome[]): Promise<void>;
}

/** A transport whose attempts end when and how the test says. */
export function createScriptedTransport(): ScriptedTransport {
  const sent: OutgoingRequest[] = [];
  const open: ((outcome: SendOutcome) => void)[] = [];
  return {
    sent,
    get open() {
      return open.length;
    },
    send(request) {
      sent.push(request);
      return new Promise((resolve) => open.push(resolve));
    },
    async end(...outcomes) {
      for (const outcome of outcomes) {
        const resolve = open.shift();
        if (resolve === undefined) throw new RangeError('Nothing is under way.');
        resolve(outcome);
        await settled();
      }
    },
    async close() {
      for (const resolve of open.splice(0)) resolve({ kind: 'retry', reason: 'closed', throttled: false });
      await settled();
    },
  };
}

/** Lets all promises that can settle do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export const delivered: SendOutcome = { kind: 'delivered' };

export function failed(changes: Partial<Extract<SendOutcome, { kind: 'retry' }>> = {}): SendOutcome {
  return { kind: 'retry', reason: 'HTTP 503', throttled: false, ...changes };
}

export function refused(status = 400): SendOutcome {
  return { kind: 'refused', reason: `HTTP ${status}: no`, status };
}
