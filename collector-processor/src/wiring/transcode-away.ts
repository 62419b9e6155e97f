import type { Lost, Reading } from '../decode/reading/reading.ts';
import type { ExportRequest } from '../model/export-request.ts';
import type { Signal } from '../model/signal.ts';
import { Turns } from '../runtime/turns.ts';
import { LARGE_BYTES, type Transcoded } from './intake.ts';

interface AwayParts {
  /** Another thread, for large bodies; `undefined` when the body is to be read here. */
  readonly read: (body: Pick<ExportRequest, 'signal' | 'encoding' | 'payload'>) => Reading | undefined;
  readonly here: (signal: Signal, json: Uint8Array) => Transcoded;
}

/** JSON from the log to protobuf, where live requests are: large ones by another thread, or here one after the other. */
export function createTranscodeAway({ read, here }: AwayParts) {
  const turns = new Turns();
  return async (signal: Signal, json: Uint8Array): Promise<Transcoded | Lost> => {
    const away = read({ signal, encoding: 'json', payload: json });
    if (away !== undefined) {
      // Nobody scores it again.
      void away.read.then((result) => result.kind === 'read' && result.release());
      return await away.transcoded;
    }
    if (json.length > LARGE_BYTES) await turns.next();
    return here(signal, json);
  };
}
