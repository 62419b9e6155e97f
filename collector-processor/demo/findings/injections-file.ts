import { renameSync, writeFileSync } from 'node:fs';
import type { Discovery, Injection as InjectionOnPage, InjectionList } from '../../src/contract/injection.ts';
import type { Injection } from '../director/injection.ts';
import type { Finding } from './finding.ts';
import { judge } from './match.ts';

/** Discoveries shown for one injection. */
const MAX_SHOWN = 20;

/** What the status page shows of the demo. Sentinel reads it for display only; nothing of it reaches a detector. */
export function injectionList(injections: readonly Injection[], findings: readonly Finding[]): InjectionList {
  const found = new Map<string, Discovery[]>();
  for (const { anomaly } of findings) {
    const verdict = judge(anomaly, injections);
    if (verdict.kind !== 'found') continue;
    const list = found.get(verdict.injection.id) ?? [];
    if (list.length < MAX_SHOWN) {
      const { id: anomalyId, series, direction, sentence, detectedAtMs } = anomaly;
      const delayMs = Math.round(detectedAtMs - verdict.injection.startMs);
      list.push({ anomalyId, signal: series.signal, service: series.service, direction, sentence, delayMs });
    }
    found.set(verdict.injection.id, list);
  }
  const items = injections.map(({ id, fault, startMs, endMs }): InjectionOnPage => {
    const shown = { id, fault: fault.name, service: fault.service, startMs, found: found.get(id) ?? [] };
    return endMs === undefined ? shown : { ...shown, endMs };
  });
  return { items: items.toReversed() };
}

/** Replaces the file as a whole, so that a reader never sees half of it. */
export function writeInjections(file: string, list: InjectionList): void {
  writeFileSync(`${file}.new`, JSON.stringify(list));
  renameSync(`${file}.new`, file);
}
