import { nano } from '../../src/testing/telemetry-builder-items.ts';
import { attributes } from '../../src/testing/telemetry-builder.ts';
import { ask, type BackendUnderTest, type Marks } from './read-back.ts';

const REQUESTS = 5;
const RECORDS = 20;
const startedMs = Date.now() - 30_000;

const timeOf = (item: number) => startedMs + item * 10;
const textOf = (item: number) => `order ${item} placed, “quoted” and\ttabbed`;
const traceOf = (item: number) => item.toString(16).padStart(32, 'a');

function request({ run, form }: Marks, part: number): unknown {
  const logRecords = Array.from({ length: RECORDS }, (_unused, index) => {
    const item = part * RECORDS + index;
    return {
      timeUnixNano: nano(timeOf(item)),
      severityNumber: 9,
      severityText: 'INFO',
      body: { stringValue: textOf(item) },
      traceId: traceOf(item),
      attributes: attributes({ check_form: form, check_item: String(item) }),
    };
  });
  const resource = { attributes: attributes({ 'service.name': serviceOf(run) }) };
  return { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'check' }, logRecords }] }] };
}

function serviceOf(run: string): string {
  return `sentinel-check-${run}`;
}

function lineOf(item: string, { time, trace, text }: { time: string; trace: string; text: string }): string {
  return `item=${item} trace=${trace} ${JSON.stringify(text)} @${time}`;
}

function expected(): string[] {
  return Array.from({ length: REQUESTS * RECORDS }, (_unused, item) =>
    lineOf(String(item), { time: nano(timeOf(item)), trace: traceOf(item), text: textOf(item) }),
  );
}

interface QueryResult {
  readonly data: {
    readonly result: readonly {
      readonly stream: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [string, string])[];
    }[];
  };
}

async function stored(url: string, { run, form }: Marks): Promise<string[]> {
  const query = new URLSearchParams({
    query: `{service_name="${serviceOf(run)}"} | check_form="${form}"`,
    start: nano(startedMs - 1000),
    end: nano(startedMs + 3_600_000),
    limit: '5000',
  });
  const answer = (await ask(`${url}/loki/api/v1/query_range?${query.toString()}`)) as QueryResult;
  return answer.data.result.flatMap(({ stream, values }) =>
    values.map(([time, text]) => lineOf(stream.check_item ?? '', { time, trace: stream.trace_id ?? '', text })),
  );
}

/** Logs: every record with its text, time, trace id and attribute from `/loki/api/v1/query_range`. */
export function loki(url: string): BackendUnderTest {
  return {
    name: 'loki',
    signal: 'logs',
    ...(url === '' ? {} : { settings: { endpoint: url } }),
    missing: 'LOKI_URL is not set',
    requests: (marks) => Array.from({ length: REQUESTS }, (_unused, part) => request(marks, part)),
    expected,
    stored: (marks) => stored(url, marks),
    empty: { resourceLogs: [{ resource: { attributes: [] }, scopeLogs: [] }] },
  };
}
