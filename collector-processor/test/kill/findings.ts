import { equal, ok } from 'node:assert/strict';
import type { Random } from '../../demo/random.ts';
import { until } from '../grafana/suite.ts';
import { judge } from './judge.ts';
import { createLives } from './lives.ts';
import { readAll } from './people.ts';

const LEARNING_MS = 60_000;
const KILLS = 3;
const APART_MS = 4000;
const SEND_EVERY_MS = 250;
const LINES = 10;

/** A service writes the same line all the time, then another as well, and Sentinel is killed again and again meanwhile. */
export async function incidentOfFindings(random: Random): Promise<void> {
  const settings = { score: { bucket: '1s' }, correlate: { watch_for: '8s', interval: '500ms' } };
  const lives = await createLives(settings);
  let isIll = false;
  const sending = setInterval(() => void send(lives.otlpUrl, isIll), SEND_EVERY_MS);
  try {
    await lives.begin();
    await passed(LEARNING_MS);
    equal((await readAll(lives)).length, 0, 'something was found while nothing happened');
    isIll = true;
    const [opened] = await until('an incident', async () => {
      const all = await readAll(lives);
      return all.length > 0 ? all : undefined;
    });
    const id = opened?.incident.id ?? '';
    for (let kill = 0; kill < KILLS; kill++) {
      const noted = await lives.ask(`/incidents/${id}/notes`, { text: `seen before kill ${kill}` });
      equal(noted?.status, 200);
      await lives.end();
      await passed(random() * 1000);
      await lives.begin();
      await passed(random() * APART_MS);
    }
    isIll = false;
    await until('it is over', async () => {
      const all = await readAll(lives);
      return all.every(({ incident }) => incident.state === 'closed') || undefined;
    });
    const all = await readAll(lives);
    const notes = Array.from({ length: KILLS }, (_, kill) => {
      return { incident: id, kind: 'note', text: `seen before kill ${kill}`, outcome: 'promised' } as const;
    });
    const faults = judge(all, { asked: notes, alarms: [] });
    ok(faults.length === 0, faults.join('\n  '));
    equal(all.length, 1, `${all.length} incidents: ${all.map(({ incident }) => incident.title).join(', ')}`);
    const members = all[0]?.timeline.flatMap(({ fact }) => (fact.kind === 'anomaly' ? [fact.anomaly] : [])) ?? [];
    ok(members.length > 0 && members.every(({ service }) => service === 'writer'));
  } finally {
    clearInterval(sending);
    await lives.close();
  }
}

/** A moment without anybody to take it is what the test is about. */
async function send(url: string, isIll: boolean): Promise<void> {
  const timeUnixNano = `${BigInt(Date.now()) * 1_000_000n}`;
  const line = (text: string, severityNumber: number) => ({
    timeUnixNano,
    severityNumber,
    body: { stringValue: text },
  });
  const logRecords = Array.from({ length: LINES }, (_, at) => line(`order ${at} was taken`, 9));
  if (isIll) logRecords.push(line('the ledger refused an entry', 17), line('the ledger refused an entry', 17));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'writer' } }] };
  const body = JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] });
  await fetch(`${url}/v1/logs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(
    () => undefined,
  );
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
