import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../demo/processes/free-port.ts';
import { type Signal } from '../../src/model/signal.ts';
import { startOtlpSink, addDigests } from '../../src/testing/otlp-sink.ts';
import { until } from '../grafana/suite.ts';
import { arrivedFingerprints } from './arrived-fingerprints.ts';
import { type Content, contentOf, nothing } from './content.ts';
import { startProgram } from './program.ts';

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
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-clients-'));
  const [grpcPort, httpPort, apiPort] = [await freePort(0), await freePort(0), await freePort(0)];
  const config = join(folder, 'sentinel.yaml');
  writeFileSync(config, JSON.stringify(settings({ grpcPort, httpPort, apiPort, backend: sink.httpUrl })));
  const main = join(import.meta.dirname, '../../src/main.ts');
  const program = startProgram(process.execPath, [main, 'serve', '--config', config]);
  await until('Sentinel is ready', () => isReady(apiPort, program.ended));

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
    grpcPort,
    httpPort,
    arrived(signal, service) {
      readOn();
      return contents.get(`${signal} ${service}`) ?? nothing;
    },
    formsOf: (signal, service) => [...(forms.get(`${signal} ${service}`) ?? [])],
    async stop() {
      await program.stop();
      await sink.close();
      rmSync(folder, { recursive: true });
    },
  };
}

interface Addresses {
  readonly grpcPort: number;
  readonly httpPort: number;
  readonly apiPort: number;
  readonly backend: string;
}

function settings({ grpcPort, httpPort, apiPort, backend }: Addresses): unknown {
  return {
    receivers: {
      otlp: { grpc: { endpoint: `127.0.0.1:${grpcPort}` }, http: { endpoint: `127.0.0.1:${httpPort}` } },
    },
    // Without this list a plain OTLP backend is not trusted to read zstd, and gets it inflated.
    forward: { backends: { otlphttp: { endpoint: backend, compressions: ['identity', 'gzip', 'zstd'] } } },
    store: { path: ':memory:' },
    api: { endpoint: `127.0.0.1:${apiPort}` },
    telemetry: { log_level: 'error' },
  };
}

async function isReady(port: number, ended: () => string | undefined): Promise<true | undefined> {
  const end = ended();
  if (end !== undefined) throw new Error(`Sentinel ended: ${end}`);
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    return response.ok ? true : undefined;
  } catch {
    return undefined;
  }
}
