import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IncidentSummary } from '../../src/model/incident.ts';
import { incidentKey } from '../../src/publish/grafana/incident-intent.ts';
import type { Answer, Told } from './annotator-child.ts';
import { INSTANCE } from './annotator-setup.ts';
import type { GrafanaServer } from './grafana-server.ts';
import { openSlowPath } from './slow-path.ts';
import { until } from './suite.ts';

interface KillOptions {
  readonly server: GrafanaServer;
  readonly token: string;
  readonly kills: number;
  /** A new incident of the run. */
  readonly incident: () => IncidentSummary;
}

export interface KillResult {
  readonly incidents: number;
  /** Annotations beyond the first of an incident. */
  readonly doubled: number;
  /** Incidents without an annotation. */
  readonly missing: number;
  /** Regions whose end is not that of the incident. */
  readonly unfinished: number;
}

/**
 * Incidents open and close while the process that annotates them is killed again and again, on a way to Grafana that holds
 * answers back, so that many kills fall between Grafana's work and the note of it. Then one life is left to finish.
 */
export async function killAgainAndAgain({ server, token, kills, incident }: KillOptions): Promise<KillResult> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-annotator-'));
  const path = await openSlowPath(server.url);
  path.delayMs = 60;
  const recorded = new Set<string>();
  const open = new Map<string, IncidentSummary>();
  const ended = new Map<string, IncidentSummary>();
  let life: ChildProcess | undefined;

  function startLife(): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, 'annotator-child.ts'), [join(folder, 'store.db'), path.url, token]);
    life = child;
    return new Promise((resolve, reject) => {
      child.on('message', (answer: Answer) => {
        if (answer.kind === 'ready') resolve(child);
        if (answer.kind === 'recorded') recorded.add(answer.id);
      });
      child.on('exit', (code) => reject(new Error(`the annotator ended by itself with ${code ?? 'a signal'}`)));
    });
  }

  function tell(child: ChildProcess, told: Told): void {
    // A process that was just killed hears nothing, and that is the point.
    if (child.connected) child.send(told, () => undefined);
  }

  function close(child: ChildProcess, one: IncidentSummary): void {
    const closed: IncidentSummary = { ...one, state: 'closed', firing: 0, endMs: one.startMs + 60_000 };
    open.delete(one.id);
    ended.set(one.id, closed);
    tell(child, { kind: 'incident', incident: closed });
  }

  try {
    for (let kill = 0; kill < kills; kill++) {
      const child = await startLife();
      for (const one of [...open.values()].slice(0, 2)) close(child, one);
      for (let number = 0; number < 3; number++) {
        const one = incident();
        open.set(one.id, one);
        tell(child, { kind: 'incident', incident: one });
      }
      // Every other kill falls between a POST's arrival at Grafana and the note of its answer, the rest anywhere.
      if (kill % 2 === 0) await Promise.race([path.nextPost(), passed(2000)]);
      await passed(Math.random() * (kill % 2 === 0 ? path.delayMs : 400));
      await killed(child);
    }
    const last = await startLife();
    for (const one of ended.values()) tell(last, { kind: 'incident', incident: one });
    for (const one of [...open.values()]) close(last, one);
    await until('everything written', async () => {
      const state = await ask(last);
      return state.pending + state.open === 0 && recorded.size === ended.size ? state : undefined;
    });
    await killed(last);
    return await count([...ended.values()], server);
  } finally {
    if (life?.exitCode === null) await killed(life);
    await path.close();
    rmSync(folder, { recursive: true, force: true });
  }

  function ask(child: ChildProcess): Promise<Extract<Answer, { kind: 'state' }>> {
    return new Promise((resolve) => {
      child.on('message', function listen(answer: Answer) {
        if (answer.kind !== 'state') return;
        child.off('message', listen);
        resolve(answer);
      });
      tell(child, { kind: 'question' });
    });
  }
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

async function count(incidents: readonly IncidentSummary[], server: GrafanaServer): Promise<KillResult> {
  const result = { incidents: incidents.length, doubled: 0, missing: 0, unfinished: 0 };
  for (const { id, endMs } of incidents) {
    const found = await server.find(incidentKey(id, INSTANCE));
    result.doubled += Math.max(0, found.length - 1);
    if (found.length === 0) result.missing += 1;
    if (found.some((one) => one.timeEnd !== endMs)) result.unfinished += 1;
  }
  return result;
}
