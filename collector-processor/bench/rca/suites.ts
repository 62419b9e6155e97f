import { performance } from 'node:perf_hooks';
import type { CauseCase } from '../../src/correlate/causes/cause-case.ts';
import { type CauseRanking, rankCauses } from '../../src/correlate/causes/rank-causes.ts';
import { sumOf } from '../../src/correlate/causes/sum-of.ts';
import { readPetShop, readQuiet } from './petshop.ts';
import { newestChange, rivals } from './rivals.ts';
import { readRootCauseBench } from './root-cause-bench.ts';
import { readSockShop } from './sock-shop.ts';
import { stress } from './stress.ts';

/** One case and what is true of it. */
interface Known {
  readonly name: string;
  readonly culprit: string;
  readonly facts: CauseCase;
}

interface Answered extends Known {
  readonly ranking: CauseRanking;
  readonly place: number;
}

export type Figures = Readonly<Record<string, unknown>>;

export const suites: Readonly<Record<string, (directory: string) => Figures>> = {
  'sock-shop': (directory) => {
    const cases = [...readSockShop(directory)].map(({ service, ...rest }) => ({ ...rest, culprit: service }));
    const { answered, seconds } = answer(cases);
    return { ...ranks(answered), ...rivalRanks(cases), seconds_per_case: seconds };
  },
  petshop: (directory) => {
    const cases = [...readPetShop(directory)];
    const { answered, seconds } = answer(cases);
    const quiet = [...readQuiet(directory)].map((facts) => rankCauses(facts));
    const { cases: count, ac1: top1, ac3: top3 } = ranks(answered);
    const specificity = share(quiet, ({ isOdd }) => !isOdd);
    return {
      cases: count,
      top1,
      top3,
      specificity,
      quiet_windows: quiet.length,
      ...rivalRanks(cases),
      seconds_per_case: seconds,
    };
  },
  rootcausebench: (directory) => {
    const cases = [...readRootCauseBench(directory)].map((one) => ({
      ...one,
      culprit: one.truth.first_failing_service,
    }));
    const { answered, seconds } = answer(cases);
    const named = new Map(answered.map(({ name, ranking }) => [name, nameOf(ranking)]));
    const right = cases.filter(({ name, truth }) => named.get(name) === truth.root_cause_commit);
    const decoys = cases.filter(({ name, truth }) => truth.decoy_deploy_commits.includes(named.get(name) ?? ''));
    const sure = answered.filter(({ ranking }) => ranking.confidence === 'high').map(({ name }) => name);
    const { ac1: top1, ac3: top3 } = ranks(answered);
    return {
      cases: cases.length,
      root_cause_right: Math.round(top1 * cases.length),
      top1,
      top3,
      change_right: right.length,
      decoys_blamed: decoys.length,
      decoys_with_high_confidence: decoys.filter(({ name }) => sure.includes(name)).length,
      high_confidence: sure.length,
      high_confidence_wrong: sure.filter((name) => !right.some((one) => one.name === name)).length,
      blast_radius_jaccard:
        sumOf(cases.map(({ truth }, index) => jaccard(answered[index]?.ranking.victims ?? [], truth.blast_radius))) /
        cases.length,
      told_worse: stress(cases),
      rivals: {
        alarmed_service_top1: share(cases, ({ facts, culprit }) => facts.alarm.service === culprit),
        newest_change_right: cases.filter(({ facts, truth }) => newestChange(facts, false) === truth.root_cause_commit)
          .length,
        newest_change_on_alarmed_right: cases.filter(
          ({ facts, truth }) => newestChange(facts, true) === truth.root_cause_commit,
        ).length,
        newest_change_decoys: cases.filter(({ facts, truth }) =>
          truth.decoy_deploy_commits.includes(newestChange(facts, false)),
        ).length,
      },
      seconds_per_case: seconds,
    };
  },
};

function answer(cases: readonly Known[]) {
  const startMs = performance.now();
  const answered = cases.map((one): Answered => {
    const ranking = rankCauses(one.facts);
    return { ...one, ranking, place: ranking.services.findIndex(({ service }) => service === one.culprit) };
  });
  const seconds = (performance.now() - startMs) / 1000 / Math.max(1, cases.length);
  for (const { name, culprit, ranking, place } of answered) {
    const [first] = ranking.services;
    if (place !== 0)
      console.log(`${name}: ${first?.service ?? 'nobody'} named first, ${culprit} at place ${place + 1}`);
  }
  return { answered, seconds };
}

function ranks(answered: readonly { readonly place: number }[]) {
  const within = (most: number): number => share(answered, ({ place }) => place >= 0 && place < most);
  return { cases: answered.length, ac1: within(1), ac3: within(3), avg5: sumOf([1, 2, 3, 4, 5].map(within)) / 5 };
}

function rivalRanks(cases: readonly Known[]) {
  // Without calls there is nothing to walk along.
  const fit = Object.entries(rivals).filter(
    ([name]) => name !== 'random_walk' || (cases[0]?.facts.calls.length ?? 0) > 0,
  );
  const figures = fit.map(([name, rank]) => {
    const places = cases.map(({ facts, culprit }) => ({ place: rank(facts).indexOf(culprit) }));
    const { ac1, ac3, avg5 } = ranks(places);
    return [name, { ac1, ac3, avg5 }];
  });
  return { rivals: Object.fromEntries(figures) as Figures };
}

function nameOf({ change }: CauseRanking): string {
  return change === 'none' ? 'none' : change.change.id;
}

function share<One>(all: readonly One[], is: (one: One) => boolean): number {
  return all.filter(is).length / Math.max(1, all.length);
}

function jaccard(left: readonly string[], right: readonly string[]): number {
  const both = left.filter((one) => right.includes(one)).length;
  const all = new Set([...left, ...right]).size;
  return all === 0 ? 1 : both / all;
}
