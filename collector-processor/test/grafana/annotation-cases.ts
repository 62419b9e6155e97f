import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import type { IncidentSummary } from '../../src/model/incident.ts';
import type { GrafanaAnnotatorOptions } from '../../src/publish/grafana/annotator-options.ts';
import type { GrafanaAnnotator } from '../../src/publish/grafana/annotator.ts';
import { incidentKey } from '../../src/publish/grafana/incident-intent.ts';
import { createMemoryLedger, type MemoryLedger } from '../../src/publish/grafana/testing/memory-ledger.ts';
import { silentLogger } from '../../src/runtime/logger.ts';
import { aChange, anIncident } from '../../src/store/testing/builders.ts';
import { INSTANCE, setUpAnnotator } from './annotator-setup.ts';
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

  /** An incident that started half an hour ago, of a service that no other case uses. */
  function incidentOf(name: string): IncidentSummary {
    const service = `${name}-${run}`;
    services.add(`service:${service.replace(/[<>]/g, '_')}`);
    const startMs = Date.now() - 30 * MINUTE;
    const sentence = `Error ratio of ${service} rose to 14.2%; expected 0.1% to 0.9%.`;
    return anIncident({
      id: String(randomInt(2 ** 40)),
      startMs,
      endMs: startMs + 10_000,
      services: [service],
      lead: { id: 'a', seriesId: '0123456789abcdef', sentence },
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

  const opened = (annotator: GrafanaAnnotator, incident: IncidentSummary) => annotator.incident(incident);
  const closed = (annotator: GrafanaAnnotator, incident: IncidentSummary) =>
    annotator.incident({ ...incident, state: 'closed', firing: 0, endMs: incident.startMs + MINUTE });
  const keyOf = ({ id }: IncidentSummary) => incidentKey(id, INSTANCE);
  const drawn = (incident: IncidentSummary, is: (one: FoundAnnotation) => boolean = () => true) =>
    until(`annotation of ${incident.id}`, async () => (await server.find(keyOf(incident))).find(is));

  const cases: Case[] = [
    {
      name: 'a region is created at the start and closed at the end',
      skip: missing,
      run: () =>
        scene({}, async ({ annotator }) => {
          const incident = incidentOf('life');
          opened(annotator, incident);
          const first = await drawn(incident);
          deepStrictEqual([first.time, first.timeEnd], [incident.startMs, incident.endMs]);
          closed(annotator, incident);
          const last = await drawn(incident, (one) => one.timeEnd === incident.startMs + MINUTE);
          strictEqual(last.id, first.id);
          ok(last.text.includes('closed'), last.text);
          ok(last.tags.includes('sentinel:incident') && last.tags.includes('severity:major'), last.tags.join());
        }),
    },
    {
      name: 'markup in a service name comes back harmless',
      skip: missing,
      run: () =>
        scene({}, async ({ annotator }) => {
          const incident = incidentOf('<img src=x onerror=alert(1)>');
          opened(annotator, incident);
          const { text, tags } = await drawn(incident);
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
          const [service = ''] = incidentOf('deploy').services;
          const timeMs = Date.now() - MINUTE;
          annotator.change(aChange({ id, service, timeMs }));
          const tag = `change:${id}`;
          const point = await until('the point', async () => (await server.find(tag))[0]);
          ok(point.text.startsWith(`Deploy: ${service} 2.4.0 to 2.4.1`), point.text);
          deepStrictEqual([point.time, point.timeEnd], [timeMs, timeMs]);
        }),
    },
    {
      name: 'a storm is capped, with one summary that counts the rest',
      skip: missing,
      run: () =>
        scene({ maxNew: 4 }, async ({ annotator, ledger }) => {
          for (let number = 0; number < 17; number++) opened(annotator, { ...incidentOf('storm'), severity: 'minor' });
          const key = await until('a summary', () =>
            [...ledger.records.keys()].find((one) => one.startsWith('summary:')),
          );
          services.add(key);
          const summary = await until('14 more', async () =>
            (await server.find(key)).find((one) => one.text.startsWith('14 more incidents')),
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
        const all = Array.from({ length: 30 }, () => incidentOf('outage'));
        await scene({ url: path.url }, async ({ annotator }) => {
          for (const incident of all) opened(annotator, incident);
          await until('attempts', () => (path.requests > 2 ? true : undefined));
          for (const incident of all) closed(annotator, incident);
          path.cut = false;
          for (const incident of all) await drawn(incident, (one) => one.timeEnd === incident.startMs + MINUTE);
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
        const result = await killAgainAndAgain({ server, token, kills, incident: () => incidentOf('kill') });
        process.stdout.write(`  ${JSON.stringify(result)}\n`);
        deepStrictEqual({ ...result, incidents: 0 }, { incidents: 0, doubled: 0, missing: 0, unfinished: 0 });
      },
    },
    {
      name: 'an annotation that was deleted in Grafana is not made again',
      skip: missing,
      run: () =>
        scene({}, async ({ annotator, ledger }) => {
          const incident = incidentOf('deleted');
          opened(annotator, incident);
          await server.remove((await drawn(incident)).id);
          closed(annotator, incident);
          const key = keyOf(incident);
          await until('abandoned', () => (ledger.records.get(key)?.state === 'abandoned' ? true : undefined));
          strictEqual((await server.find(key)).length, 0);
        }),
    },
    {
      name: 'of two that were merged one region stays',
      skip: missing,
      run: () =>
        scene({}, async ({ annotator }) => {
          const [stays, leaves] = [incidentOf('merged'), incidentOf('merged')];
          opened(annotator, stays);
          opened(annotator, leaves);
          await drawn(stays);
          await drawn(leaves);
          annotator.incident({ ...leaves, state: 'closed', mergedInto: stays.id });
          await until('removed', async () => ((await server.find(keyOf(leaves))).length === 0 ? true : undefined));
          strictEqual((await server.find(keyOf(stays))).length, 1);
        }),
    },
    {
      name: 'role None with Edit on one folder draws on its dashboard',
      skip: administrator,
      run: async () => {
        const { id, token } = await server.account('None');
        const dashboardUid = await server.holderDashboard(id);
        await scene({ token, dashboardUid }, async ({ annotator }) => {
          const incident = incidentOf('holder');
          opened(annotator, incident);
          strictEqual((await drawn(incident)).dashboardUID, dashboardUid);
          closed(annotator, incident);
          await drawn(incident, (one) => one.timeEnd === incident.startMs + MINUTE);
        });
      },
    },
    {
      name: 'a Viewer is refused: the record is kept and an alarm raised once',
      skip: administrator,
      run: async () => {
        const { token } = await server.account('Viewer');
        await scene({ token }, async ({ annotator, ledger, alarms }) => {
          const incident = incidentOf('viewer');
          opened(annotator, incident);
          await until('the alarm', () => alarms[0]);
          strictEqual(ledger.records.get(keyOf(incident))?.state, 'intended');
          strictEqual(alarms.length, 1);
        });
      },
    },
  ];
  return { cases, clean: () => (missing === undefined ? server.clean([...services]) : Promise.resolve()) };
}
