import type { Drills } from '../api/drills';
import type { Feedback, TuningVersion } from '../api/feedback';
import type { ShadowReport } from '../api/shadow';
import { anAnomaly } from './builders';

/** Answers of the API about detection for tests, in the contract's own types. */
export function aReceipt(part: Partial<Feedback> = {}): Feedback {
  return {
    id: 'expected-a1',
    verdict: 'expected',
    state: 'proposed',
    anomalyId: 'a1',
    seriesId: '1',
    title: 'Error rate of checkout',
    fromMs: 1_760_000_000_000,
    toMs: 1_760_000_020_000,
    note: '',
    rule: {
      scope: { tenant: '', seriesId: '1' },
      threshold: 1.8,
      window: { days: [1], fromMinute: 120, toMinute: 180 },
    },
    why: 'Its score of 1.70 is below a border of 1.8.',
    effect: {
      sources: ['ring'],
      fromMs: 1_760_000_000_000 - 14 * 86_400_000,
      toMs: 1_760_000_000_000,
      series: 1,
      seriesLeftOut: 0,
      steps: 1000,
      isApproximate: false,
      before: { notices: 12, pages: 3 },
      after: { notices: 3, pages: 1 },
    },
    createdAtMs: 1_760_000_030_000,
    by: 'Ana Ruiz',
    knownBy: 'id_token',
    ...part,
  };
}

export function aVersion(part: Partial<TuningVersion> = {}): TuningVersion {
  return {
    version: 1,
    rules: [{ scope: { tenant: '', seriesId: '1' }, threshold: 1.8 }],
    atMs: 1_760_000_040_000,
    by: 'Olga',
    knownBy: 'id_token',
    why: 'Expected: Error rate of checkout',
    ...part,
  };
}

const { series } = anAnomaly();
const live = { noticeSurprise: 9, pageScore: 1.5, without: [], rules: [] };

export function aShadowReport(part: Partial<ShadowReport> = {}): ShadowReport {
  return {
    sinceMs: 1_760_000_000_000,
    settings: { ...live, noticeSurprise: 11, without: ['seasonal'] },
    live,
    sharesScores: true,
    series: 4000,
    seriesLeftOut: 0,
    steps: 100_000,
    raised: 31,
    pages: 7,
    besideSeries: 24,
    besideService: 4,
    alone: 3,
    liveRaised: 40,
    missed: 9,
    looked: 31,
    insideIncidents: 24,
    notes: [
      {
        kind: 'missed',
        series,
        title: 'error ratio of checkout',
        startMs: 1_760_000_000_000,
        endMs: 1_760_000_020_000,
        isOpen: false,
        peakScore: 1.4,
        isPage: false,
        beside: 'alone',
        incidentId: '121',
      },
    ],
    ...part,
  };
}

export function theDrills(part: Partial<Drills> = {}): Drills {
  return {
    state: 'running',
    sinceMs: 1_760_000_000_000,
    size: 4,
    steps: 30,
    kinds: [
      {
        kind: 'level',
        running: 1,
        found: 46,
        missed: 4,
        voided: 2,
        recall: 0.92,
        delaySteps: 1,
        detectors: [
          { detector: 'level shift', recall: 0.9, delaySteps: 2 },
          { detector: 'seasonal', recall: null, delaySteps: null },
        ],
      },
      { kind: 'silence', running: 0, found: 0, missed: 0, voided: 0, recall: null, delaySteps: null, detectors: [] },
    ],
    missed: [
      {
        kind: 'level',
        series,
        title: 'error ratio of checkout',
        startMs: 1_760_000_000_000,
        endMs: 1_760_000_300_000,
        change: 0.02,
        peakScore: 0.62,
      },
    ],
    ...part,
  };
}
