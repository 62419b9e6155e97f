import { request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { requestWith } from './ids.ts';

/** What senders know at the end of a round. */
export interface Sent {
  /** Told that all is well, without reserve. */
  readonly acknowledged: { readonly id: string; readonly beganMs: number; readonly endedMs: number }[];
  /** Never told anything for good: also what was told to repeat and was not repeated. */
  readonly unresolved: string[];
}

interface SendersParts {
  readonly url: string;
  readonly prefix: string;
  readonly random: () => number;
  readonly stopped: AbortSignal;
}

const SENDERS = 8;
const MAX_REPEATS = 3;

export interface Sending {
  readonly sent: Promise<Sent>;
  /** Resolves when a fair number of answers has come: on a machine with other work that takes its time. */
  fairlyMany(): Promise<void>;
}

const FAIRLY_MANY = 40;
const PATIENCE_MS = 5000;

/** Several senders, each one request after the other, until they are stopped. */
export function startSenders(parts: SendersParts): Sending {
  let answers = 0;
  const post: typeof postTo = async (...request) => {
    const answer = await postTo(...request);
    answers++;
    return answer;
  };
  const beganMs = performance.now();
  return {
    sent: sendUntilStopped(parts, post),
    async fairlyMany() {
      while (answers < FAIRLY_MANY && performance.now() < beganMs + PATIENCE_MS) await delay(10);
    },
  };
}

async function sendUntilStopped(parts: SendersParts, post: typeof postTo): Promise<Sent> {
  const sent: Sent = { acknowledged: [], unresolved: [] };
  let count = 0;
  const newIds = (): string[] =>
    Array.from({ length: 1 + Math.floor(parts.random() * 3) }, () => `${parts.prefix}-${++count}`);
  await Promise.all(Array.from({ length: SENDERS }, () => keepSending({ ...parts, post, newIds }, sent)));
  return sent;
}

interface SenderParts extends SendersParts {
  readonly post: typeof postTo;
  readonly newIds: () => string[];
}

async function keepSending({ url, random, stopped, post, newIds }: SenderParts, sent: Sent): Promise<void> {
  while (!stopped.aborted) {
    const ids = newIds();
    const beganMs = performance.now();
    const isGzip = random() < 0.5;
    const plain = requestWith(ids);
    const body = isGzip ? gzipSync(plain) : plain;
    let answer = await post(url, body, isGzip);
    let repeats = 0;
    while (answer === 'repeat' && repeats++ < MAX_REPEATS) {
      await delay(random() * 30);
      answer = await post(url, body, isGzip);
    }
    const endedMs = performance.now();
    if (answer === 'acknowledged') sent.acknowledged.push(...ids.map((id) => ({ id, beganMs, endedMs })));
    if (answer === 'none' || answer === 'repeat') sent.unresolved.push(...ids);
    await delay(random() * 8);
  }
}

type Answer = 'acknowledged' | 'partial' | 'repeat' | 'refused' | 'none';

function postTo(url: string, body: Uint8Array, isGzip: boolean): Promise<Answer> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/x-protobuf',
      'content-length': body.length,
      ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
    };
    const request = httpRequest(url, { method: 'POST', headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('error', () => resolve('none'));
      response.on('end', () => resolve(answerOf(response.statusCode ?? 0, bytes)));
    });
    request.on('error', () => resolve('none'));
    request.end(body);
  });
}

function answerOf(status: number, bytes: number): Answer {
  // A body of the answer is a partial success: the sender has been told that something is missing.
  if (status === 200) return bytes === 0 ? 'acknowledged' : 'partial';
  return [429, 502, 503, 504].includes(status) ? 'repeat' : 'refused';
}
