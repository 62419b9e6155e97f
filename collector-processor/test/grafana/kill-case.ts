import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Anomaly } from '../../src/model/anomaly.ts';
import type { Answer, Told } from './annotator-child.ts';
import type { GrafanaServer } from './grafana-server.ts';
import { openSlowPath } from './slow-path.ts';
import { until } from './suite.ts';

interface KillOptions {
  readonly server: GrafanaServer;
  readonly token: string;
  readonly kills: number;
  /** A new finding of the run. */
  readonly anomaly: (part: Partial<Anomaly>) => Anomaly;
}

export interface KillResult {
  readonly findings: number;
  /** Annotations beyond the first of a finding. */
  readonly doubled: number;
  /** Findings without an annotation. */
  readonly missing: number;
  /** Regions whose end is not that of the finding. */
  readonly unfinished: number;
}

/**
 * Findings open and close while the process that annotates them is killed again and again, on a way to Grafana that holds
 * answers back, so that many kills fall between Grafana's work and the note of it. Then one life is left to finish.
 */
export async function killAgainAndAgain({ server, token, kills, anomaly }: KillOptions): Promise<KillResult> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-annotator-'));
  const path = await openSlowPath(server.url);
  path.delayMs = 60;
  const recorded = new Set<string>();
  const open = new Map<string, Anomaly>();
  const ended = new Map<string, Anomaly>();
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

  function close(child: ChildProcess, one: Anomaly): void {
    const closed: Anomaly = { ...one, state: 'closed', endMs: one.startMs + 60_000 };
    open.delete(one.id);
    ended.set(one.id, closed);
    tell(child, { kind: 'event', event: { kind: 'closed', anomaly: closed } });
  }

  try {
    for (let kill = 0; kill < kills; kill++) {
      const child = await startLife();
      for (const one of [...open.values()].slice(0, 2)) close(child, one);
      for (let number = 0; number < 3; number++) {
        const one = anomaly({});
        open.set(one.id, one);
        tell(child, { kind: 'event', event: { kind: 'opened', anomaly: one } });
      }
      // Every other kill falls between a POST's arrival at Grafana and the note of its answer, the rest anywhere.
      if (kill % 2 === 0) await Promise.race([path.nextPost(), passed(2000)]);
      await passed(Math.random() * (kill % 2 === 0 ? path.delayMs : 400));
      await killed(child);
    }
    const last = await startLife();
    for (const one of ended.values()) tell(last, { kind: 'event', event: { kind: 'closed', anomaly: one } });
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

async function count(findings: readonly Anomaly[], server: GrafanaServer): Promise<KillResult> {
  const result = { findings: findings.length, doubled: 0, missing: 0, unfinished: 0 };
  for (const { id, endMs } of findings) {
    const found = await server.find(`finding:${id}`);
    result.doubled += Math.max(0, found.length - 1);
    if (found.length === 0) result.missing += 1;
    if (found.some((one) => one.timeEnd !== endMs)) result.unfinished += 1;
  }
  return result;
}
