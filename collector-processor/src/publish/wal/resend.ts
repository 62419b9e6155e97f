import type { Backend, Failures, Replayed } from '../backends/backend.ts';
import type { KeptRequest } from './kept-request.ts';
import { reopen, type Transcode } from './reopen.ts';

interface Resending {
  readonly backend: Backend;
  readonly kept: KeptRequest;
  readonly before: Failures;
  readonly transcode: Transcode;
}

/** Sends a request from the disk to one backend, behind what has just arrived. What cannot be read counts as refused. */
export async function resend({ backend, kept, before, transcode }: Resending): Promise<Replayed> {
  if (!backend.takes(kept.signal)) return refused(`the backend does not take ${kept.signal} any more`, before);
  const opened = await reopen(kept, transcode);
  if (opened.kind === 'unreadable') return refused(opened.reason, before);
  return await backend.replay(opened.request, opened.protobuf, before);
}

export function refused(reason: string, { failedAttempts, failedAlone }: Failures): Replayed {
  return { outcome: { kind: 'refused', reason, cause: 'malformed' }, failedAttempts, failedAlone };
}
