import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSloFiles } from '../../src/slo/files/read-slo-files.ts';
import { generateRules } from '../../src/slo/rules/generate.ts';
import { ruleFileText } from '../../src/slo/rules/rule-file.ts';
import { type SentinelProgram, startSentinelProgram } from '../sentinel-program.ts';
import type { ScratchFolder } from './folder.ts';

const objectives = `
version: sentinel/v1
slos:
  - name: availability
    service: shop
    objective: 99.9
    window: 28d
    indicator: { requests: {} }
`;

/** Enough for the guards against few events. */
const FAILED = 100;
const STATUS_ERROR = 2;
const KIND_SERVER = 2;

/** Sentinel with an objective on the requests of one service. */
export interface BurningService {
  readonly sentinel: SentinelProgram;
  /** Where its metrics are read. */
  readonly target: string;
  /** Requests that all fail, as OTLP through Sentinel. */
  fail(): Promise<void>;
}

export async function startBurningService(): Promise<BurningService> {
  const sentinel = await startSentinelProgram({}, (folder) => {
    const file = join(folder, 'objectives.yaml');
    writeFileSync(file, objectives);
    return { slo: { files: [file] }, publish: { backends: {} } };
  });
  return {
    sentinel,
    target: `127.0.0.1:${sentinel.apiPort}`,
    async fail() {
      const response = await fetch(`http://127.0.0.1:${sentinel.httpPort}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(failedRequests()),
      });
      if (!response.ok) throw new Error(`Sentinel answered ${response.status}: ${await response.text()}`);
    },
  };
}

function failedRequests(): object {
  const end = BigInt(Date.now()) * 1_000_000n;
  const spans = Array.from({ length: FAILED }, () => ({
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name: 'POST /pay',
    kind: KIND_SERVER,
    startTimeUnixNano: String(end - 20_000_000n),
    endTimeUnixNano: String(end),
    status: { code: STATUS_ERROR },
  }));
  const attributes = [{ key: 'service.name', value: { stringValue: 'shop' } }];
  return { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] };
}

/** The generated rules of the objective and all of alerting-rules/, evaluated each second instead of each minute. */
export function ruleFilesFor(folder: ScratchFolder): readonly string[] {
  const { objectives: read } = readSloFiles([{ name: 'objectives.yaml', text: objectives }]);
  const generated = ruleFileText(generateRules(read), 'Rules of a test.').replaceAll('interval: 1m', 'interval: 1s');
  const shipped = join(import.meta.dirname, '../../../alerting-rules');
  const names = readdirSync(shipped).filter((name) => name.endsWith('.yaml'));
  return [
    folder.write('generated.yaml', generated),
    ...names.map((name) => {
      const text = readFileSync(join(shipped, name), 'utf8').replaceAll(/^ {4}interval: .*\n/gm, '');
      return folder.write(name, text.replaceAll(/^( {2}- name: .*)$/gm, '$1\n    interval: 1s'));
    }),
  ];
}
