import { type Signal } from '../../src/model/signal.ts';
import { startOtlpSink, addDigests } from '../../src/testing/otlp-sink.ts';
import { startSentinelProgram } from '../sentinel-program.ts';
import { arrivedFingerprints } from './arrived-fingerprints.ts';
import { type Content, contentOf, nothing } from './content.ts';

/** The program as it is installed, between the clients and an OTLP backend that reads everything that arrives. */
export interface Pipeline {
  readonly grpcPort: number;
  readonly httpPort: number;
  /** What has arrived of a service so far. */
  arrived(signal: Signal, service: string): Content;
  /** Encodings and compressions in which it arrived, such as `protobuf gzip`. */
  formsOf(signal: Signal, service: string): string[];
  /** SIGTERM; throws when the program did not drain and end well. */
  stop(): Promise<void>;
}

export async function startPipeline(): Promise<Pipeline> {
  const sink = await startOtlpSink();
  // Without this list a plain OTLP backend is not trusted to read zstd, and gets it inflated.
  const compressions = ['identity', 'gzip', 'zstd'];
  const program = await startSentinelProgram({ otlphttp: { endpoint: sink.httpUrl, compressions } });

  const contents = new Map<string, Content>();
  const forms = new Map<string, Set<string>>();
  let read = 0;
  function readOn(): void {
    for (; read < sink.requests.length; read++) {
      const request = sink.requests[read];
      if (request === undefined) continue;
      for (const [service, fingerprints] of arrivedFingerprints(request.signal, request.payload)) {
        const key = `${request.signal} ${service}`;
        forms.set(key, (forms.get(key) ?? new Set()).add(`${request.encoding} ${request.compression}`));
        const [before, now] = [contents.get(key) ?? nothing, contentOf(fingerprints)];
        contents.set(key, { items: before.items + now.items, digest: addDigests(before.digest, now.digest) });
      }
    }
  }

  return {
    grpcPort: program.grpcPort,
    httpPort: program.httpPort,
    arrived(signal, service) {
      readOn();
      return contents.get(`${signal} ${service}`) ?? nothing;
    },
    formsOf: (signal, service) => [...(forms.get(`${signal} ${service}`) ?? [])],
    async stop() {
      await program.stop();
      await sink.close();
    },
  };
}
