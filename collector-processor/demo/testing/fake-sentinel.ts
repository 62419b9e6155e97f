/**
 * A stand-in for `sentinel serve --config FILE` in tests of the demo: takes OTLP on the configured ports, and "finds" the
 * first fault that it reads of in the demo's own list, as fast as the real one hopes to.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { parse } from 'yaml';
import { startOtlpSink } from '../../src/testing/otlp-sink.ts';
import { fieldOf, listOf, numberOf, textOf } from '../shop/json-body.ts';
import { anomaly } from './anomaly.ts';

const POLL_MS = 50;

const config: unknown = parse(readFileSync(process.argv.at(-1) ?? '', 'utf8'));
const otlp = fieldOf(fieldOf(config, 'receivers'), 'otlp');
const portOf = (section: unknown): number => Number(textOf(section, 'endpoint').split(':')[1]);
const injections = textOf(fieldOf(config, 'api'), 'demo_injections_file');

const sink = await startOtlpSink({
  keep: 'tally',
  grpcPort: portOf(fieldOf(otlp, 'grpc')),
  httpPort: portOf(fieldOf(otlp, 'http')),
});

function pipeline(): object {
  const received = sink.arrivals > 0 ? { lastReceivedMs: Date.now() } : {};
  return { nowMs: Date.now(), ...received, bucketMs: 1_000, receivers: [], traffic: [], backends: [] };
}

function findFirstFault(response: ServerResponse): void {
  const timer = setInterval(() => {
    const list: unknown = existsSync(injections) ? JSON.parse(readFileSync(injections, 'utf8')) : {};
    const first = listOf(list, 'items')[0];
    if (first === undefined) return;
    clearInterval(timer);
    const startMs = numberOf(first, 'startMs');
    const times = { startMs, peakMs: startMs, endMs: startMs + 1_000, detectedAtMs: startMs + 1_500 };
    const found = anomaly({ ...times, series: { service: textOf(first, 'service') } });
    response.write(`event: anomaly\ndata: ${JSON.stringify({ kind: 'opened', anomaly: found })}\n\n`);
  }, POLL_MS);
}

const api = createServer((request, response) => {
  if (request.url === '/readyz') response.end('{}');
  else if (request.url === '/api/v1/pipeline') response.end(JSON.stringify(pipeline()));
  else if (request.url === '/api/v1/events') findFirstFault(response);
  else if (request.url?.startsWith('/api/v1/incidents') === true)
    response.end('{"items":[],"total":0,"totalIsExact":true}');
  else response.writeHead(404).end();
});
api.listen(portOf(fieldOf(config, 'api')), '127.0.0.1');

process.on('SIGTERM', () => process.exit(0));
