import { createHash } from 'node:crypto';
import { nano } from '../../src/testing/telemetry-builder-items.ts';
import { attributes } from '../../src/testing/telemetry-builder.ts';
import { ask, type BackendUnderTest, type Marks } from './read-back.ts';

const REQUESTS = 5;
const SPANS = 8;
const startedMs = Date.now() - 30_000;

const idOf = (text: string, bytes: number) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, bytes * 2);
/** One trace for each case; its spans arrive in several requests. */
const traceOf = ({ run, form }: Marks) => idOf(`trace ${run} ${form}`, 16);
const spanOf = ({ run, form }: Marks, item: number) => idOf(`span ${run} ${form} ${item}`, 8);
const startOf = (item: number) => startedMs + item * 7;

function request(marks: Marks, part: number): unknown {
  const spans = Array.from({ length: SPANS }, (_unused, index) => {
    const item = part * SPANS + index;
    return {
      traceId: traceOf(marks),
      spanId: spanOf(marks, item),
      parentSpanId: item === 0 ? '' : spanOf(marks, 0),
      name: `operation ${item}`,
      kind: 2,
      startTimeUnixNano: nano(startOf(item)),
      endTimeUnixNano: nano(startOf(item) + 5),
      attributes: attributes({ check_item: String(item) }),
      status: { code: item % 2 === 0 ? 1 : 2 },
    };
  });
  const resource = { attributes: attributes({ 'service.name': 'sentinel-check', check_run: marks.run }) };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'check' }, spans }] }] };
}

interface Line {
  readonly id: string;
  readonly parent: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly item: string;
}

function lineOf({ id, parent, name, start, end, item }: Line): string {
  return `${id} parent=${parent} ${name} ${start}-${end} item=${item}`;
}

function expected(marks: Marks): string[] {
  return Array.from({ length: REQUESTS * SPANS }, (_unused, item) =>
    lineOf({
      id: spanOf(marks, item),
      parent: item === 0 ? '' : spanOf(marks, 0),
      name: `operation ${item}`,
      start: nano(startOf(item)),
      end: nano(startOf(item) + 5),
      item: String(item),
    }),
  );
}

interface StoredSpan {
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

interface StoredTrace {
  readonly trace?: {
    readonly resourceSpans?: readonly { readonly scopeSpans: readonly { readonly spans: readonly StoredSpan[] }[] }[];
  };
}

/** Ids are base64 in Tempo's JSON. */
function hex(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString('hex');
}

async function stored(url: string, marks: Marks): Promise<string[]> {
  const answer = (await ask(`${url}/api/v2/traces/${traceOf(marks)}`, { accept: 'application/json' })) as
    StoredTrace | undefined;
  const blocks = answer?.trace?.resourceSpans ?? [];
  return blocks
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    .map((span) =>
      lineOf({
        id: hex(span.spanId),
        parent: hex(span.parentSpanId),
        name: span.name,
        start: span.startTimeUnixNano,
        end: span.endTimeUnixNano,
        item: span.attributes?.find(({ key }) => key === 'check_item')?.value.stringValue ?? '',
      }),
    );
}

export interface TempoAddresses {
  /** HTTP query address. */
  readonly query: string;
  /** OTLP; empty: not to be tested by this protocol. */
  readonly intake: string;
  readonly protocol: 'http' | 'grpc';
  readonly missing: string;
}

/** Traces: every span with ids, name and times from `/api/v2/traces`. */
export function tempo({ query, intake, protocol, missing }: TempoAddresses): BackendUnderTest {
  return {
    name: protocol === 'http' ? 'tempo' : 'tempo/grpc',
    signal: 'traces',
    ...(query === '' || intake === '' ? {} : { settings: { endpoint: intake, protocol } }),
    missing,
    requests: (marks) => Array.from({ length: REQUESTS }, (_unused, part) => request(marks, part)),
    expected,
    stored: (marks) => stored(query, marks),
    empty: { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [] }] },
  };
}
