import type { Decoder } from '../decode/decoder.ts';
import type { BodyReaders } from '../decode/reading/body-readers.ts';
import type { IntakeStages } from './intake.ts';
import type { createPublishing } from './publishing.ts';
import type { createScoring } from './scoring.ts';

interface StageParts {
  readonly decoder: Decoder;
  readonly readers: BodyReaders;
  readonly publishing: Pick<ReturnType<typeof createPublishing>, 'forwarder' | 'recorder'>;
  readonly observe: NonNullable<IntakeStages['observe']>;
  readonly score: ReturnType<typeof createScoring>;
}

/** The stages of a request as they are now: a reload replaces what stands behind them. */
export function createIntakeStages({ decoder, readers, publishing, observe, score }: StageParts) {
  const { forwarder, recorder } = publishing;
  return {
    transcode: (signal, json) => decoder.transcode(signal, json),
    decode: (signal, protobuf) => decoder.decode(signal, protobuf),
    away: {
      read: (request) => readers.read(request),
      adopt: (read, protobuf) => decoder.adopt(read, protobuf),
    },
    forward: (request, protobuf) => forwarder.current.forward(request, protobuf),
    record: recorder.keep,
    isForwarded: (signal) => forwarder.current.backends().some(({ signals }) => signals.includes(signal)),
    observe,
    score: (columns, request) => score.current.accept(columns, request),
    isRepeat: (request) => score.current.isRepeat(request),
    settled: (request, outcome) => score.current.settled(request, outcome),
  } satisfies IntakeStages;
}
