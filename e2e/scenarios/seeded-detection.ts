/** What a shadow and rehearsed faults would have come to, of the series that the findings are about. */
import type { Shadow } from '../../collector-processor/src/contract/shadow.ts';
import { type DrillReport, faultKinds } from '../../collector-processor/src/model/drill.ts';
import type { Findings } from './findings.ts';

const HOUR = 3_600_000;
const detectors = ['robust deviation', 'seasonal', 'level shift', 'spectral residual'];

export function seededShadow({ anomalies }: Findings): Shadow {
  if (anomalies.length === 0) return { state: 'off' };
  const live = { noticeSurprise: 9, pageScore: 1.5, without: [], rules: [] };
  const notes = anomalies.slice(0, 6).map((anomaly, index) => ({
    kind: index % 2 === 0 ? ('raised' as const) : ('missed' as const),
    series: anomaly.series,
    title: `${anomaly.series.measure} of ${anomaly.series.service}`,
    startMs: anomaly.startMs,
    endMs: anomaly.endMs,
    isOpen: false,
    peakScore: anomaly.peakScore,
    isPage: anomaly.border === 'page',
    beside: (['series', 'service', 'alone'] as const)[index % 3] ?? 'alone',
    ...(index % 2 === 0 ? {} : { anomalyId: anomaly.id }),
  }));
  return {
    state: 'running',
    report: {
      sinceMs: Date.now() - 30 * HOUR,
      settings: { ...live, noticeSurprise: 11, without: ['spectral residual'] },
      live,
      sharesScores: true,
      ...{ series: 4_000, seriesLeftOut: 212, steps: 43_200_000 },
      ...{ raised: 31, pages: 7, besideSeries: 24, besideService: 4, alone: 3 },
      ...{ liveRaised: 40, missed: 9, looked: 31, insideIncidents: 24, notes },
    },
  };
}

export function seededDrills({ anomalies }: Findings): DrillReport | undefined {
  if (anomalies.length === 0) return undefined;
  return {
    sinceMs: Date.now() - 30 * HOUR,
    size: 4,
    steps: 30,
    kinds: faultKinds.map((kind, row) => ({
      kind,
      running: 1,
      found: 48 - 3 * row,
      missed: 2 + 3 * row,
      voided: row,
      recall: (48 - 3 * row) / 50,
      delaySteps: row,
      detectors: detectors.map((detector, column) => ({
        detector,
        recall: Math.max(0, 0.96 - 0.17 * ((row + column) % 5)),
        delaySteps: (row + column) % 4,
      })),
    })),
    missed: anomalies.slice(0, 3).map(({ series, startMs, endMs, observed, expected }, index) => ({
      kind: faultKinds[index + 1] ?? 'level',
      series,
      title: `${series.measure} of ${series.service}`,
      startMs,
      endMs,
      change: observed - expected,
      peakScore: 0.4 + index / 10,
    })),
  };
}
