import { parseArgs } from 'node:util';
import type { Settings } from '../config/schema.ts';
import { parseDuration } from '../config/types.ts';
import { type Signal, signals } from '../model/signal.ts';
import { createMetricsStore, type MetricsStore } from '../publish/history/metrics-store.ts';
import { storeAddress } from '../publish/history/store-address.ts';
import { SentinelError } from '../runtime/errors.ts';
import { createTenantHeaders } from '../runtime/tenant-headers.ts';
import { type Command, exitCodes } from './command.ts';
import { fileRequests, type Format, formats } from './replay/inputs/open-file.ts';
import { timeOf } from './replay/inputs/time-of.ts';
import { exportedRequests } from './replay/inputs/victoria-metrics.ts';
import { runReplay } from './replay/run-replay.ts';
import type { Recording } from './replay/telemetry.ts';
import { settingsOrThrow } from './settings-file.ts';

const usage = `usage: sentinel replay FILE… [--format json|protobuf|csv] [--signal traces|metrics|logs]
                       [--metric NAME] [--service NAME]
       sentinel replay --victoriametrics URL --match SELECTOR… --from TIME --to TIME [--slice 10m]
       each with [--json] [--tenant ID] [--max-gap 1d] [--publish] [--forward] [--config FILE]
       FILE: OTLP as the Collector's file exporter writes it (JSON lines, or protobuf), one protobuf message,
             or CSV with the columns timestamp and value; also .gz and .zst, and - for standard input`;

const options = {
  config: { type: 'string', short: 'c' },
  json: { type: 'boolean', default: false },
  format: { type: 'string' },
  signal: { type: 'string' },
  metric: { type: 'string' },
  service: { type: 'string' },
  tenant: { type: 'string', default: '' },
  'max-gap': { type: 'string', default: '1d' },
  victoriametrics: { type: 'string' },
  match: { type: 'string', multiple: true, default: [] as string[] },
  from: { type: 'string' },
  to: { type: 'string' },
  slice: { type: 'string', default: '10m' },
  publish: { type: 'boolean', default: false },
  forward: { type: 'boolean', default: false },
} as const;

const CHUNK_BYTES = 256 * 1024;
const MAX_SLICE_SAMPLES = 2_000_000;
const MAX_SLICE_BYTES = 256 * 1024 ** 2;
const SLICE_TIMEOUT_MS = 300_000;

/**
 * `sentinel replay`: recorded telemetry through decoder and score stage at full speed, with its own time as the clock.
 * Findings go to standard output, the same bytes for the same input; what it cost goes to standard error.
 */
export const replayCommand: Command = {
  summary:
    'replay FILE…                       score recorded telemetry and print what is found; sends nothing by itself',
  usage,
  async run({ args, env, stdout, stderr }) {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...options }, allowPositionals: true });
    const settings = settingsOrThrow(values.config, env);
    const { json, tenant, publish, forward } = values;
    const maxGapMs = durationOf(values['max-gap']);
    const maxMessage = settings.receivers.otlp.maxRequestSize;
    const ofStore = values.victoriametrics === undefined ? undefined : rangeOf(values.victoriametrics, values);
    if (positionals.length > 0 === (ofStore !== undefined)) throw new SentinelError('SENTINEL_USAGE', usage);
    const { metric, service } = values;
    const file = {
      format: oneOf<Format>(formats, values.format),
      signal: oneOf<Signal>(signals, values.signal),
      ...{ metric, service, maxMessage, chunkBytes: CHUNK_BYTES, stdin: process.stdin },
    };
    await runReplay({
      ...{ settings, tenant, maxGapMs, publish, forward, json, stdout, stderr },
      recordings: (transcode): readonly Recording[] =>
        ofStore === undefined
          ? positionals.map((path) => fileRequests({ ...file, path, transcode }))
          : [
              exportedRequests({
                ...ofStore,
                store: storeAt(ofStore.url, settings),
                tenant,
                maxSamples: MAX_SLICE_SAMPLES,
              }),
            ],
    });
    return exitCodes.ok;
  },
};

function storeAt(url: string, { receivers }: Settings): MetricsStore {
  const address = storeAddress(url);
  if (address === undefined) throw new SentinelError('SENTINEL_USAGE', `"${url}" is no address.\n${usage}`);
  const options = { ...address, timeout: SLICE_TIMEOUT_MS, maxBytes: MAX_SLICE_BYTES };
  const tenantHeaders = createTenantHeaders(receivers.otlp.tenantHeaders);
  return createMetricsStore({ options, tenantHeaders, fetch: globalThis.fetch });
}

interface RangeFlags {
  readonly match: readonly string[];
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly slice: string;
}

function rangeOf(url: string, { match, from = '', to = '', slice }: RangeFlags) {
  const fromMs = timeOf(from);
  const toMs = timeOf(to);
  if (match.length === 0 || fromMs === undefined || toMs === undefined) {
    throw new SentinelError('SENTINEL_USAGE', usage);
  }
  return { url, match, fromMs, toMs, sliceMs: durationOf(slice) };
}

const duration = /^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/;

function durationOf(text: string): number {
  const ms = duration.test(text) ? parseDuration(text) : NaN;
  if (!(ms > 0)) throw new SentinelError('SENTINEL_USAGE', `"${text}" is no duration.\n${usage}`);
  return ms;
}

function oneOf<Word extends string>(words: readonly Word[], word: string | undefined): Word | undefined {
  const found = words.find((one) => one === word);
  if (found === undefined && word !== undefined) throw new SentinelError('SENTINEL_USAGE', usage);
  return found;
}
