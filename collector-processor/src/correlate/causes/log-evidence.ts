import type { CaseLog } from './cause-case.ts';
import type { LogEvidence } from './evidence.ts';
import type { Rows } from './rows.ts';

const MOST = 5;
/** Lines come before the series they explain are at half of their worst. */
const AHEAD_MS = 10 * 60_000;
const SURGE_TIMES = 4;
/** Standard deviations of a count that comes by chance (Poisson: its square root). */
const SURGE_Z = 4;
const VANISHED_SHARE = 0.1;
const ENOUGH_EXPECTED = 10;
const shares = { error: 1, warn: 0.7, info: 0.35 } as const;
/** Somebody else's trouble, seen from here. */
export function speaksOfOthers(text: string): boolean {
  return /\b(upstream|downstream|backend)\b/i.test(text);
}
const SYMPTOM_SHARE = 0.5;
/** The caller went away: nothing failed here. */
const cutOff = /cancell?ed by (the )?client|client (closed|disconnected)/i;

/** Kinds of lines that are new, come many times as often, or stay away. Lines that name another service speak of that one. */
export function logEvidence(logs: readonly CaseLog[], rows: Rows): readonly LogEvidence[] {
  const fromMs = rows.fromMs - AHEAD_MS;
  const startMs = Math.min(fromMs, ...logs.flatMap(({ timesMs }) => timesMs.slice(0, 1)));
  const span = (rows.toMs - fromMs) / Math.max(1, fromMs - startMs);
  return logs
    .filter(({ names, text }) => names.length === 0 && !cutOff.test(text))
    .flatMap((log) => {
      const before = log.timesMs.filter((timeMs) => timeMs < fromMs).length;
      const inside = log.timesMs.filter((timeMs) => timeMs >= fromMs && timeMs <= rows.toMs);
      const found = changeOf(before, inside.length, span);
      if (found === undefined) return [];
      const share = shares[log.severity] * (speaksOfOthers(log.text) ? SYMPTOM_SHARE : 1);
      const strength = share * Math.min(MOST, Math.log2(1 + found.size));
      const onsetMs = found.change === 'new' ? (inside[0] ?? rows.fromMs) : rows.fromMs;
      return [{ kind: 'log' as const, strength, onsetMs, log, change: found.change, count: inside.length }];
    });
}

function changeOf(before: number, now: number, span: number) {
  const expected = before * span;
  if (before === 0 && now > 0) return { change: 'new' as const, size: now };
  const z = (now - expected) / Math.sqrt(Math.max(1, expected));
  if (now >= SURGE_TIMES * expected && z >= SURGE_Z) return { change: 'surging' as const, size: z };
  if (expected >= ENOUGH_EXPECTED && now <= VANISHED_SHARE * expected) return { change: 'vanished' as const, size: -z };
  return undefined;
}
