import { shippedOptions } from '../../src/score/testing/test-options.ts';
import type { Case } from '../grafana/suite.ts';
import { compare, type Comparison } from './bootstrap.ts';
import type { FileScore, ScoreFiles } from './file-score.ts';
import { scoreGenerated } from './generated-files.ts';
import { scoreIncidents } from './incident-files.ts';
import { scoreNab } from './nab-files.ts';

/** What detection is held to, by group of files. */
const groups: Readonly<Record<string, ScoreFiles>> = {
  nab: scoreNab,
  incidents: scoreIncidents,
  generated: scoreGenerated,
};

export type Results = Readonly<Record<string, readonly FileScore[]>>;

export function scoreAll(): Results {
  return Object.fromEntries(Object.entries(groups).map(([name, score]) => [name, score()]));
}

/** No group of files may have become worse. */
export function gateCases(baseline: Results, now: Results): Case[] {
  return Object.entries(now).map(([name, files]) => ({
    name: `detection on ${name} is no worse than it was`,
    run() {
      const difference = compare(baseline[name] ?? [], files);
      if (difference.verdict === 'worse') return Promise.reject(new Error(describe(difference).join('\n')));
      return Promise.resolve();
    },
  }));
}

/** The gate has to fire on a scorer that was made worse on purpose: one that hears little, and one that cries wolf. */
export function selfTests(now: Results): Case[] {
  const { noticeSurprise } = shippedOptions();
  const worsened = [
    ['deaf', 'nab', 4],
    ['nervous', 'nab', 0.25],
    ['deaf', 'incidents', 4],
  ] as const;
  return worsened.map(([how, group, factor]) => ({
    name: `the gate on ${group} fires when detection is made ${how}`,
    run() {
      const worse = groups[group]?.({ noticeSurprise: factor * noticeSurprise }) ?? [];
      const { verdict, mean } = compare(now[group] ?? [], worse);
      if (verdict === 'worse') return Promise.resolve();
      return Promise.reject(new Error(`it says "${verdict}" to a mean difference of ${mean.toFixed(1)}`));
    },
  }));
}

/** Lines for people. */
export function describe({ verdict, mean, lower, upper, changed }: Comparison): string[] {
  return [
    `${verdict}, by ${mean.toFixed(1)} (${lower.toFixed(1)} to ${upper.toFixed(1)})`,
    ...changed.map(({ file, from, to }) => `  ${file}: ${from} to ${to}`),
  ];
}
