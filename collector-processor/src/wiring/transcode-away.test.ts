import { expect, test } from '@jest/globals';
import { createJob, lost } from '../decode/reading/reading.ts';
import { createTranscodeAway } from './transcode-away.ts';

const json = Buffer.from('{}');
const protobuf = { kind: 'protobuf', bytes: new Uint8Array([1]) } as const;

test('a body that another thread takes is not read here, and what it read beside that is let go', async () => {
  let released = 0;
  const transcode = createTranscodeAway({
    read(body) {
      const job = createJob(body);
      job.tellTranscoded(protobuf);
      job.tellRead({ kind: 'read', release: () => released++ } as unknown as Parameters<typeof job.tellRead>[0]);
      return job;
    },
    here: () => {
      throw new Error('read here');
    },
  });
  expect(await transcode('logs', json)).toEqual(protobuf);
  expect(released).toBe(1);
});

test('a thread that is lost says so: the body comes again later', async () => {
  const transcode = createTranscodeAway({
    read(body) {
      const job = createJob(body);
      job.tellRead(lost);
      return job;
    },
    here: () => protobuf,
  });
  expect(await transcode('logs', json)).toEqual({ kind: 'lost' });
});

test('large ones that no thread takes are read one in each round of the loop', async () => {
  let read = 0;
  const transcode = createTranscodeAway({
    read: () => undefined,
    here() {
      read++;
      return protobuf;
    },
  });
  const large = Buffer.alloc(600_000);
  const all = [transcode('logs', large), transcode('logs', large)];
  expect(read).toBe(0);
  await Promise.race(all);
  expect(read).toBe(1);
  await Promise.all(all);
  await transcode('logs', json);
  expect(read).toBe(3);
});
