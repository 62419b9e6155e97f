import { parseArgs } from 'node:util';
import { parseDuration } from '../src/config/types.ts';
import { SentinelError } from '../src/runtime/errors.ts';
import type { Fault } from './faults/fault.ts';
import { faultMenu, faultNamed } from './faults/menu.ts';

export interface DemoOptions {
  readonly help: boolean;
  /** Run the menu once and end; the exit code says whether everything was found. */
  readonly once: boolean;
  /** Print one JSON object as the last line. */
  readonly json: boolean;
  readonly menu: readonly Fault[];
  readonly bucketMs: number;
  readonly learnMs: number;
  readonly quietMs: number;
  readonly gapMs: number;
  readonly seed: number;
  readonly ports: Ports;
  readonly servers: Servers;
  /** A Sentinel that runs already; without it the demo starts one. */
  readonly running: RunningSentinel | undefined;
}

/** Addresses such as `http://sentinel:4317`. */
export interface RunningSentinel {
  readonly api: string;
  readonly grpc: string;
  readonly http: string;
}

export interface Ports {
  readonly grpc: number;
  readonly http: number;
  readonly api: number;
  readonly control: number;
}

/** Real servers to connect to; empty text for none. */
export interface Servers {
  readonly grafana: string;
  readonly token: string;
  readonly victoriametrics: string;
  readonly loki: string;
  readonly tempo: string;
}

export const CONTROL_PORT = 8481;

const definitions = {
  help: { type: 'boolean', short: 'h', default: false },
  once: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  menu: { type: 'string', default: faultMenu.map(({ name }) => name).join(',') },
  bucket: { type: 'string', default: '1s' },
  learn: { type: 'string', default: '50s' },
  quiet: { type: 'string', default: '10s' },
  gap: { type: 'string', default: '10s' },
  seed: { type: 'string', default: '1' },
  'grpc-port': { type: 'string', default: '4317' },
  'http-port': { type: 'string', default: '4318' },
  'api-port': { type: 'string', default: '8480' },
  'control-port': { type: 'string', default: String(CONTROL_PORT) },
  grafana: { type: 'string', default: '' },
  token: { type: 'string', default: '' },
  victoriametrics: { type: 'string', default: '' },
  loki: { type: 'string', default: '' },
  tempo: { type: 'string', default: '' },
  'tempo-otlp': { type: 'string', default: '' },
  sentinel: { type: 'string', default: '' },
  'otlp-grpc': { type: 'string', default: '' },
  'otlp-http': { type: 'string', default: '' },
} as const;

export function parseOptions(args: readonly string[]): DemoOptions {
  const { values } = readArguments(args);
  return {
    help: values.help,
    once: values.once,
    json: values.json,
    menu: values.menu.split(',').map(faultOf),
    bucketMs: duration('bucket', values.bucket),
    learnMs: duration('learn', values.learn),
    quietMs: duration('quiet', values.quiet),
    gapMs: duration('gap', values.gap),
    seed: wholeNumber('seed', values.seed),
    ports: {
      grpc: wholeNumber('grpc-port', values['grpc-port']),
      http: wholeNumber('http-port', values['http-port']),
      api: wholeNumber('api-port', values['api-port']),
      control: wholeNumber('control-port', values['control-port']),
    },
    servers: {
      grafana: values.grafana,
      token: values.token,
      victoriametrics: values.victoriametrics,
      loki: values.loki,
      tempo: values['tempo-otlp'] === '' ? values.tempo : values['tempo-otlp'],
    },
    running: runningOf({ api: values.sentinel, grpc: values['otlp-grpc'], http: values['otlp-http'] }),
  };
}

function runningOf(asked: RunningSentinel): RunningSentinel | undefined {
  const given = Object.values(asked).filter((address) => address !== '');
  if (given.length === 0) return undefined;
  if (given.length === 3) return asked;
  throw usage(
    '--sentinel, --otlp-grpc and --otlp-http belong together: the addresses of a Sentinel that runs already.',
  );
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: definitions });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error), error);
  }
}

function faultOf(name: string): Fault {
  const fault = faultNamed(name.trim());
  if (fault !== undefined) return fault;
  throw usage(`There is no fault "${name}". There are: ${faultMenu.map((known) => known.name).join(', ')}.`);
}

function duration(option: string, text: string): number {
  if (/^\d+(\.\d+)?(ms|s|m|h)$/.test(text)) return parseDuration(text);
  throw usage(`--${option} takes a duration such as 500ms, 50s or 5m, not "${text}".`);
}

function wholeNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw usage(`--${option} takes a whole number, not "${text}".`);
}

function usage(message: string, cause?: unknown): SentinelError {
  return new SentinelError('SENTINEL_USAGE', message, { cause });
}
