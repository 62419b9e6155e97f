import type { CaseChange, CaseLog, CaseSeries, CauseCase } from '../../src/correlate/causes/cause-case.ts';
import { rankCauses } from '../../src/correlate/causes/rank-causes.ts';
import { createRandom } from '../../src/score/testing/random.ts';
import type { RootCauseCase } from './root-cause-bench.ts';

const MINUTE_MS = 60_000;
const ROUNDS = 12;

/** How the answers hold when a case is told worse than it was: parts left out, the alarm elsewhere, foreign changes beside. */
export function stress(cases: readonly RootCauseCase[]) {
  return {
    alarm_at_a_victim: movedAlarms(cases),
    ...Object.fromEntries(Object.entries(losses).map(([name, lose]) => [name, answers(cases, lose)])),
    foreign_changes: foreignChanges(cases),
  };
}

const losses: Readonly<Record<string, (facts: CauseCase) => CauseCase>> = {
  no_diffs: (facts) => ({ ...facts, changes: facts.changes.map((change) => ({ ...change, diff: '', files: [] })) }),
  half_of_the_lines: (facts) => ({ ...facts, logs: keptLogs(facts.logs, (_, index) => index % 2 === 1) }),
  half_of_the_series: (facts) => ({
    ...facts,
    series: facts.series.filter(({ id }, index) => index % 2 === 0 || id === facts.alarm.seriesId),
  }),
  no_traces: (facts) => ({ ...facts, calls: [] }),
  nothing_after_the_alarm: (facts) => ({
    ...facts,
    series: facts.series.map((one) => upTo(one, facts.alarm.atMs)),
    logs: keptLogs(facts.logs, (timeMs) => timeMs <= facts.alarm.atMs),
  }),
};

function answers(cases: readonly RootCauseCase[], lose: (facts: CauseCase) => CauseCase) {
  const all = cases.map(({ truth, facts }) => {
    const ranking = rankCauses(lose(facts));
    const named = ranking.change === 'none' ? 'none' : ranking.change.change.id;
    const isRight = named === truth.root_cause_commit;
    return {
      isService: ranking.services[0]?.service === truth.first_failing_service,
      isRight,
      isSure: ranking.confidence === 'high',
    };
  });
  return {
    service_right: all.filter(({ isService }) => isService).length,
    change_right: all.filter(({ isRight }) => isRight).length,
    sure_and_wrong: all.filter(({ isRight, isSure }) => isSure && !isRight).length,
  };
}

/** The alarm is raised by a service that only suffers. */
function movedAlarms(cases: readonly RootCauseCase[]) {
  const places = cases.flatMap(({ truth, facts }) =>
    truth.blast_radius.flatMap((service) => {
      const own = facts.series.filter((one) => one.service === service);
      const chosen = own.find(({ measure }) => measure === 'errors' || measure === 'latency') ?? own[0];
      if (chosen === undefined) return [];
      const alarm = { service, seriesId: chosen.id, atMs: facts.alarm.atMs };
      const { services } = rankCauses({ ...facts, alarm });
      return [services.findIndex((one) => one.service === truth.first_failing_service)];
    }),
  );
  const within = (most: number): number => places.filter((place) => place >= 0 && place < most).length;
  return { variants: places.length, top1: within(1), top3: within(3) };
}

/** Two diffs of other cases on the blamed service shortly before; the true change a while earlier in every second round. */
function foreignChanges(cases: readonly RootCauseCase[]) {
  const random = createRandom(7);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  const all = rounds.flatMap((round) =>
    cases.map((one) => {
      const others = cases.filter(({ name }) => name !== one.name).flatMap(({ facts }) => facts.changes);
      const pool = others.filter(({ diff }) => diff !== '');
      const foreign = ['foreign 0', 'foreign 1'].map((id) => {
        const change = pool[Math.floor(random.uniform() * pool.length)] as CaseChange;
        const atMs = one.facts.alarm.atMs - (4 + 25 * random.uniform()) * MINUTE_MS;
        return { ...change, id, service: one.truth.first_failing_service, atMs };
      });
      const earlierMs = round % 2 === 0 ? 0 : (3 + 12 * random.uniform()) * MINUTE_MS;
      return { truth: one.truth.root_cause_commit, ranking: rankCauses(withForeign(one, foreign, earlierMs)) };
    }),
  );
  const named = all.map(({ truth, ranking }) => {
    const id = ranking.change === 'none' ? 'none' : ranking.change.change.id;
    return { isRight: id === truth, isForeign: id.startsWith('foreign '), isSure: ranking.confidence === 'high' };
  });
  return {
    variants: named.length,
    right: named.filter(({ isRight }) => isRight).length,
    foreign_named: named.filter(({ isForeign }) => isForeign).length,
    foreign_named_surely: named.filter(({ isForeign, isSure }) => isForeign && isSure).length,
  };
}

function withForeign({ truth, facts }: RootCauseCase, foreign: readonly CaseChange[], earlierMs: number): CauseCase {
  const own = facts.changes.map((change) =>
    change.id === truth.root_cause_commit ? { ...change, atMs: change.atMs - earlierMs } : change,
  );
  return { ...facts, changes: [...own, ...foreign] };
}

function keptLogs(logs: readonly CaseLog[], keeps: (timeMs: number, index: number) => boolean): readonly CaseLog[] {
  return logs
    .map((log) => ({ ...log, timesMs: log.timesMs.filter(keeps) }))
    .filter(({ timesMs }) => timesMs.length > 0);
}

function upTo(series: CaseSeries, untilMs: number): CaseSeries {
  const count = series.timesMs.filter((timeMs) => timeMs <= untilMs).length;
  return { ...series, timesMs: series.timesMs.slice(0, count), values: series.values.slice(0, count) };
}
