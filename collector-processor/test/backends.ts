/**
 * `npm run test:backends`: a known set through Sentinel into real servers, and every item back from their query APIs.
 *
 *   VICTORIAMETRICS_URL   http://localhost:8428
 *   LOKI_URL              http://localhost:3100
 *   TEMPO_URL             query address, http://localhost:3200
 *   TEMPO_OTLP_URL        OTLP/HTTP intake when it is on another port, http://localhost:4318
 *   TEMPO_OTLP_GRPC_URL   OTLP/gRPC intake, http://localhost:4317; without it the cases by gRPC are skipped
 *
 * One file in backends/ for each concern; a case is a name, a function that throws, and why it is skipped.
 */
import { randomBytes } from 'node:crypto';
import { findingCases } from './backends/finding-cases.ts';
import { forwardingCases } from './backends/forwarding-cases.ts';
import { historyCases } from './backends/history-cases.ts';
import { loki } from './backends/loki.ts';
import { replayCases } from './backends/replay-cases.ts';
import { tempo } from './backends/tempo.ts';
import { victoriaMetrics } from './backends/victoriametrics.ts';
import { runCases } from './grafana/suite.ts';

const address = (name: string) => (process.env[name] ?? '').replace(/\/+$/, '');
const query = address('TEMPO_URL');
const backends = [
  victoriaMetrics(address('VICTORIAMETRICS_URL')),
  loki(address('LOKI_URL')),
  tempo({ query, intake: address('TEMPO_OTLP_URL') || query, protocol: 'http', missing: 'TEMPO_URL is not set' }),
  tempo({
    query,
    intake: address('TEMPO_OTLP_GRPC_URL'),
    protocol: 'grpc',
    missing: 'TEMPO_URL or TEMPO_OTLP_GRPC_URL is not set',
  }),
];
const run = randomBytes(4).toString('hex');
const findings = findingCases({
  victoriametrics: address('VICTORIAMETRICS_URL'),
  loki: address('LOKI_URL'),
  tempo: query,
  tempoOtlp: address('TEMPO_OTLP_URL'),
});
const good = await runCases([
  ...forwardingCases(backends, run),
  ...findings,
  ...historyCases(address('VICTORIAMETRICS_URL')),
  ...replayCases(address('VICTORIAMETRICS_URL')),
]);
process.exitCode = good ? 0 : 1;
