import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../demo/processes/free-port.ts';
import { type Signal, signals } from '../../src/model/signal.ts';
import { until } from '../grafana/suite.ts';
import { type ClientCase } from './client-case.ts';
import { knownRequest } from './known-request.ts';
import { type Pipeline } from './pipeline.ts';
import { startProgram } from './program.ts';

const COUNT = 1000;
const exporters = ['otlp', 'otlphttp', 'otlphttp json'] as const;
/** What is written, and what a body then is compressed with; by default a Collector uses gzip. */
const compressions = { default: 'gzip', zstd: 'zstd', none: 'identity' } as const;

type Exporter = (typeof exporters)[number];
type Compression = keyof typeof compressions;

/** The OpenTelemetry Collector between the known items and Sentinel; one process for each way to export. */
export function collectorCases(binary: string | undefined): ClientCase[] {
  return exporters.flatMap((exporter) =>
    (['default', 'zstd', 'none'] as const).flatMap((compression) =>
      signals.map((signal) => ({
        name: `collector ${signal} ${exporter} ${compression}`,
        signal,
        count: COUNT,
        arrivesAs: `${exporter.endsWith('json') ? 'json' : 'protobuf'} ${compressions[compression]}`,
        skip: binary === undefined ? 'set OTELCOL_BIN' : undefined,
        send: (known, pipeline) =>
          withCollector(binary ?? '', { exporter, compression, pipeline }, (port) =>
            post(port, signal, knownRequest(signal, known)),
          ),
      })),
    ),
  );
}

interface Way {
  readonly exporter: Exporter;
  readonly compression: Compression;
  readonly pipeline: Pipeline;
}

/** Runs a Collector, gives it the telemetry, and stops it, which makes it deliver what it has. */
async function withCollector(binary: string, way: Way, give: (port: number) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-collector-'));
  const file = join(folder, 'collector.yaml');
  const port = await freePort(0);
  writeFileSync(file, JSON.stringify(collectorSettings(port, way)));
  const collector = startProgram(binary, ['--config', file]);
  await until('the Collector takes telemetry', async () => {
    const end = collector.ended();
    if (end !== undefined) throw new Error(end);
    return give(port).then(
      () => true as const,
      () => undefined,
    );
  });
  await collector.stop();
  rmSync(folder, { recursive: true });
}

function collectorSettings(port: number, { exporter, compression, pipeline }: Way): unknown {
  const [type = '', encoding = 'proto'] = exporter.split(' ');
  const target =
    type === 'otlp'
      ? { endpoint: `127.0.0.1:${pipeline.grpcPort}`, tls: { insecure: true } }
      : { endpoint: `http://127.0.0.1:${pipeline.httpPort}`, encoding };
  const settings = compression === 'default' ? target : { ...target, compression };
  const path = { receivers: ['otlp'], exporters: [type] };
  return {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { [type]: settings },
    service: {
      pipelines: { traces: path, metrics: path, logs: path },
      telemetry: { metrics: { level: 'none' }, logs: { level: 'error' } },
    },
  };
}

/** A Collector that does not listen yet refuses the connection; the request is then given again. */
async function post(port: number, signal: Signal, body: Uint8Array): Promise<void> {
  const headers = { 'content-type': 'application/x-protobuf' };
  const response = await fetch(`http://127.0.0.1:${port}/v1/${signal}`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`the Collector answered ${response.status}`);
}
