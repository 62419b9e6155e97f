import type { Change } from '../src/contract/change.ts';
import type { Clock } from '../src/runtime/clock.ts';
import type { Injection } from './director/injection.ts';
import { followFindings } from './findings/feed.ts';
import type { AnnotationReader } from './findings/grafana-annotations.ts';
import { injectionList, writeInjections } from './findings/injections-file.ts';
import type { Scoreboard } from './findings/scoreboard.ts';
import type { SentinelApi } from './findings/sentinel-api.ts';
import type { Narrator } from './terminal/narrator.ts';

/** Findings that arrive within this time belong to one bucket. */
const TOGETHER_MS = 100;

export interface WatchOptions {
  readonly api: SentinelApi;
  readonly scoreboard: Scoreboard;
  readonly narrator: Narrator;
  readonly injectionsFile: string;
  /** Absent without Grafana. */
  readonly annotations?: AnnotationReader;
  readonly clock: Clock;
  readonly abort: AbortSignal;
  /** The first finding of an injected fault. */
  readonly onFirstFound: () => void;
}

export interface Watch {
  injected(injection: Injection): void;
  ended(injection: Injection): void;
  /** Resolves when the demo ends. */
  readonly done: Promise<void>;
}

/** Puts what was injected and what was found side by side: on the scoreboard, in the terminal, on the status page. */
export function watchFindings(options: WatchOptions): Watch {
  const { api, scoreboard, narrator, injectionsFile, clock, abort } = options;
  const told = new Set<string>();

  function publish(): void {
    writeInjections(injectionsFile, injectionList(scoreboard.injections(), scoreboard.findings()));
  }

  function onChange(change: Change): void {
    scoreboard.change(change);
    const rollout = scoreboard.injections().findLast(({ fault }) => fault.deploys === change.to);
    narrator.change(change, rollout);
  }

  /** One bucket raises several findings at once; the foremost of them is told. */
  async function tellFound({ id }: Injection): Promise<void> {
    await clock.sleep(TOGETHER_MS, abort);
    const row = scoreboard.summary().rows.find(({ injection }) => injection.id === id);
    if (row?.found !== undefined) narrator.found(row.found.finding.anomaly, row.injection);
  }

  async function tellAnnotated(injection: Injection): Promise<void> {
    const createdMs = await options.annotations?.createdMs(injection.startMs, abort);
    if (createdMs === undefined) return;
    scoreboard.annotated(injection.id, createdMs - injection.startMs);
    narrator.annotated(injection, createdMs);
  }

  publish();
  const done = followFindings({
    api,
    clock,
    abort,
    onAnomaly(anomaly) {
      const verdict = scoreboard.anomaly(anomaly);
      if (verdict === undefined || verdict.kind === 'side_effect') return;
      if (verdict.kind === 'false') {
        narrator.falseFinding(anomaly);
      } else if (!told.has(verdict.injection.id)) {
        if (told.size === 0) options.onFirstFound();
        told.add(verdict.injection.id);
        void tellFound(verdict.injection);
        void tellAnnotated(verdict.injection);
      }
      publish();
    },
    onChange,
    onTrouble: narrator.trouble,
  });

  return {
    done,
    injected(injection) {
      scoreboard.injected(injection);
      narrator.injected(injection);
      publish();
    },
    ended(injection) {
      scoreboard.ended(injection);
      narrator.ended(injection);
      publish();
    },
  };
}
