import type { Backend, Failures, Replayed } from '../backends/backend.ts';
import type { KeptRequest } from './kept-request.ts';
import { reopen, type Reopened, type Transcode } from './reopen.ts';
import type { ReplayRoom } from './replay-room.ts';

interface Resending {
  readonly backend: Backend;
  readonly kept: KeptRequest;
  readonly before: Failures;
  readonly transcode: Transcode;
  /** For what it takes in memory. */
  readonly room: ReplayRoom;
  readonly isStopped?: () => boolean;
}

/**
 * Sends a request from the disk to one backend, behind what has just arrived. It is opened when there is room for it, and
 * not for a backend that would not be asked anyway. What cannot be read counts as refused.
 */
export async function resend({ backend, kept, before, transcode, room, isStopped }: Resending): Promise<Replayed> {
  if (!backend.takes(kept.signal)) return refused(`the backend does not take ${kept.signal} any more`, before);
  return await room.use(async (hold) => {
    const closedMs = backend.closedMs();
    if (closedMs > 0) return postponed('the backend fails', before, closedMs);
    if (isStopped?.() === true) return postponed('Sentinel is stopping', before);
    const opened = await reopen(kept, transcode);
    if (opened.kind === 'later') return postponed(opened.reason, before);
    if (opened.kind === 'unreadable') return refused(opened.reason, before);
    hold(bytesOf(opened));
    return await backend.replay(opened.request, opened.protobuf, before);
  });
}

export function refused(reason: string, before: Failures): Replayed {
  return { ...failuresOf(before), outcome: { kind: 'refused', reason, cause: 'malformed' } };
}

function postponed(reason: string, before: Failures, retryAfterMs = 0): Replayed {
  return { ...failuresOf(before), outcome: { kind: 'retry', reason, retryAfterMs } };
}

function failuresOf({ failedAttempts, failedAlone }: Failures): Failures {
  return { failedAttempts, failedAlone };
}

/** Beside the body as it was received. */
function bytesOf({ request, protobuf }: Extract<Reopened, { kind: 'request' }>): number {
  const { body, payload } = request;
  return (payload === body ? 0 : payload.length) + (protobuf === payload ? 0 : protobuf.length);
}
