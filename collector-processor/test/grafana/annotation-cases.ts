import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Anomaly } from '../../src/model/anomaly.ts';
import type { GrafanaAnnotatorOptions } from '../../src/publish/grafana/annotator-options.ts';
import type { GrafanaAnnotator } from '../../src/publish/grafana/annotator.ts';
import { createMemoryLedger, type MemoryLedger } from '../../src/publish/grafana/testing/memory-ledger.ts';
import { silentLogger } from '../../src/runtime/logger.ts';
import { aChange, anAnomaly, aSeries } from '../../src/store/testing/builders.ts';
import { setUpAnnotator } from './annotator-setup.ts';
import type { FoundAnnotation, GrafanaServer } from './grafana-server.ts';
import { killAgainAndAgain } from './kill-case.ts';
import { openSlowPath } from './slow-path.ts';
import { type Case, until } from './suite.ts';

interface CasesOptions {
  readonly server: GrafanaServer;
  readonly kills: number;
  /** Why nothing can run. */
  readonly missing: string | undefined;
}

interface Scene {
  readonly annotator: GrafanaAnnotator;
  readonly ledger: MemoryLedger;
  readonly alarms: string[];
}

const MINUTE = 60_000;

export function annotationCases({ server, kills, missing }: CasesOptions): {
  cases: Case[];
  clean: () => Promise<void>;
} {
  const run = randomBytes(4).toString('hex');
  const services = new Set<string>();
  const administrator = missing ?? (server.administered ? undefined : 'GRAFANA_USER is not set');

  /** A finding that started half an hour ago, of a service that no other case uses. */
  function finding(name: string, part: Partial<Anomaly> = {}): Anomaly {
    const service = `${name}-${run}`;
    services.add(`service:${service.replace(/[<>]/g, '_')}`);
    const startMs = Date.now() - 30 * MINUTE;
    const times = { startMs, peakMs: startMs + 5000, endMs: startMs + 10_000, detectedAtMs: startMs + 12_000 };
    const sentence = `Error ratio of ${service} rose to 14.2%; expected 0.1% to 0.9%.`;
    return anAnomaly({
      id: randomBytes(16).toString('hex'),
      series: aSeries({ service }),
      sentence,
      ...times,
      ...part,
    });
  }

  async function scene(
    overrides: Partial<GrafanaAnnotatorOptions>,
    play: (scene: Scene) => Promise<void>,
  ): Promise<void> {
    const alarms: string[] = [];
    const logger = { ...silentLogger, error: (_fields: object, message: string) => void alarms.push(message) };
    const ledger = createMemoryLedger();
    const token = overrides.token ?? (await server.account('Editor')).token;
    const annotator = setUpAnnotator({ overrides: { url: server.url, ...overrides, token }, ledger, logger });
    await annotator.start();
    try {
      await play({ annotator, ledger, alarms });
    } finally {
      await annotator.stop();
    }
  }

  const opened = (annotator: GrafanaAnnotator, anomaly: Anomaly) => annotator.anomaly({ kind: 'opened', anomaly });
  const closed = (annotator: GrafanaAnnotator, anomaly: Anomaly) =>
    annotator.anomaly({ kind: 'closed', anomaly: { ...anomaly, state: 'closed', endMs: anomaly.startMs + MINUTE } });
  const drawn = (anomaly: Anomaly, is: (one: FoundAnnotation) => boolean = () => true) =>
    until(`annotation of ${anomaly.id}`, async () => (await server.find(`finding:${anomaly.id}`)).find(is));

  const cases: Case[] = [
    {
      name: 'a region is created at the start and closed at the end',
      skip: missing,
      run: () =>
        scene({}, async ({ annotator }) => {
          const anomaly = finding('life');
          opened(annotator, anomaly);
          const first = await drawn(anomaly);
          deepStrictEqual([first.time, first.timeEnd], [anomaly.startMs, anomaly.endMs]);
          closed(annotator, anomaly);
          const last = await drawn(anomaly, (one) => one.timeEnd === anomaly.startMs + MINUTE);
          strictEqual(last.id, first.id);
          ok(last.text.includes('lasted 1 min'), last.text);
          ok(last.tags.includes('sentinel:anomaly') && last.tags.includes('severity:notice'), last.tags.join());
        }),
    },
    {
      name: 'markup in a service name comes back harmless',
      skip: missing,
      run: () =>
        scene({}, async ({ annotator }) => {
          const anomaly = finding('<img src=x onerror=alert(1)>');
          opened(annotator, anomaly);
          const { text, tags } = await drawn(anomaly);
          ok(text.includes('&lt;img src=x onerror=alert(1)&gt;'), text);
          ok(!/<(?!br>|a href="\/|\/a>)/.test(text), text);
          ok(!tags.join().includes('<'), tags.join());
        }),
    },
    {
      name: 'a deploy is a point',
      skip: missing,
      run: () =>
        scene({}, async ({ annotator }) => {
          const id = randomBytes(8).toString('hex');
          const { series } = finding('deploy');
          const timeMs = Date.now() - MINUTE;
          annotator.change(aChange({ id, service: series.service, timeMs }));
          const tag = `change:${id}`;
          const point = await until('the point', async () => (await server.find(tag))[0]);
          ok(point.text.startsWith(`Deploy: ${series.service} 2.4.0 to 2.4.1`), point.text);
          deepStrictEqual([point.time, point.timeEnd], [timeMs, timeMs]);
        }),
    },
    {
      name: 'a storm is capped, with one summary that counts the rest',
      skip: missing,
      run: () =>
        scene({ maxNew: 4 }, async ({ annotator, ledger }) => {
          for (let number = 0; number < 17; number++) opened(annotator, finding('storm'));
          const key = await until('a summary', () =>
            [...ledger.records.keys()].find((one) => one.startsWith('summary:')),
          );
          services.add(key);
          const summary = await until('14 more', async () =>
            (await server.find(key)).find((one) => one.text.startsWith('14 more anomalies')),
          );
          ok(summary.text.includes(`storm-${run} 14`), summary.text);
          strictEqual((await server.find(`service:storm-${run}`)).length, 3);
        }),
    },
    {
      name: 'an outage costs nothing: complete regions afterwards, each once',
      skip: missing,
      run: async () => {
        const path = await openSlowPath(server.url);
        path.cut = true;
        const all = Array.from({ length: 30 }, () => finding('outage'));
        await scene({ url: path.url }, async ({ annotator }) => {
          for (const anomaly of all) opened(annotator, anomaly);
          await until('attempts', () => (path.requests > 2 ? true : undefined));
          for (const anomaly of all) closed(annotator, anomaly);
          path.cut = false;
          for (const anomaly of all) await drawn(anomaly, (one) => one.timeEnd === anomaly.startMs + MINUTE);
          strictEqual((await server.find(`service:outage-${run}`)).length, all.length);
        });
        await path.close();
      },
    },
    {
      name: `kill -9, ${kills} times: none doubled, none lost, all closed`,
      skip: missing,
      run: async () => {
        const { token } = await server.account('Editor');
        const result = await killAgainAndAgain({ server, token, kills, anomaly: (part) => finding('kill', part) });
        process.stdout.write(`  ${JSON.stringify(result)}\n`);
        deepStrictEqual({ ...result, findings: 0 }, { findings: 0, doubled: 0, missing: 0, unfinished: 0 });
      },
    },
    {
      name: 'an annotation that was deleted in Grafana is not made again',
      skip: missing,
      run: () =>
        scene({}, async ({ annotator, ledger }) => {
          const anomaly = finding('deleted');
          opened(annotator, anomaly);
          await server.remove((await drawn(anomaly)).id);
          closed(annotator, anomaly);
          const key = `finding:${anomaly.id}`;
          await until('abandoned', () => (ledger.records.get(key)?.state === 'abandoned' ? true : undefined));
          strictEqual((await server.find(key)).length, 0);
        }),
    },
    {
      name: 'role None with Edit on one folder draws on its dashboard',
      skip: administrator,
      run: async () => {
        const { id, token } = await server.account('None');
        const dashboardUid = await server.holderDashboard(id);
        await scene({ token, dashboardUid }, async ({ annotator }) => {
          const anomaly = finding('holder');
          opened(annotator, anomaly);
          strictEqual((await drawn(anomaly)).dashboardUID, dashboardUid);
          closed(annotator, anomaly);
          await drawn(anomaly, (one) => one.timeEnd === anomaly.startMs + MINUTE);
        });
      },
    },
    {
      name: 'a Viewer is refused: the record is kept and an alarm raised once',
      skip: administrator,
      run: async () => {
        const { token } = await server.account('Viewer');
        await scene({ token }, async ({ annotator, ledger, alarms }) => {
          const anomaly = finding('viewer');
          opened(annotator, anomaly);
          await until('the alarm', () => alarms[0]);
          strictEqual(ledger.records.get(`finding:${anomaly.id}`)?.state, 'intended');
          strictEqual(alarms.length, 1);
        });
      },
    },
  ];
  return { cases, clean: () => (missing === undefined ? server.clean([...services]) : Promise.resolve()) };
}
