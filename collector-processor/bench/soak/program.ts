import { join } from 'node:path';
import { type SentinelProgram, startSentinelProgram } from '../../test/sentinel-program.ts';
import type { Sink } from '../pipeline/sink.ts';

export interface Places {
  readonly wal: string;
  readonly store: string;
  readonly snapshot: string;
}

/** Sentinel with its disk and otherwise with defaults, and where it writes. Findings go to a sink of their own. */
export async function startSoaked(telemetry: Sink, findings: Sink) {
  let places: Places = { wal: '', store: '', snapshot: '' };
  const url = (port: number): string => `http://127.0.0.1:${port}`;
  const backends = {
    otlp: { endpoint: url(telemetry.grpcPort), signals: ['traces'] },
    otlphttp: { endpoint: url(telemetry.httpPort), signals: ['metrics', 'logs'] },
  };
  const program: SentinelProgram = await startSentinelProgram(backends, (folder) => {
    const store = join(folder, 'sentinel.sqlite');
    places = { wal: join(folder, 'write-ahead-log'), store, snapshot: `${store}.learned` };
    return {
      store: { path: store },
      publish: { backends: { otlphttp: { endpoint: url(findings.httpPort) } } },
    };
  });
  return { program, places };
}
