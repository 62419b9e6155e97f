import type { Anomaly } from '../../api/anomalies';
import type { Change } from '../../api/changes';
import type { TimelineEvent } from './timeline-event';

const lanes = { metrics: 'metric', logs: 'log', traces: 'trace' } as const;

export function anomalyEvent(anomaly: Anomaly): TimelineEvent {
  return {
    id: anomaly.id,
    lane: lanes[anomaly.series.signal],
    startMs: anomaly.startMs,
    peakMs: anomaly.peakMs,
    endMs: Math.max(anomaly.endMs, anomaly.startMs + anomaly.stepMs),
    score: anomaly.peakScore,
    direction: anomaly.direction,
    title: anomaly.sentence,
    sentence: anomaly.sentence,
    service: anomaly.series.service,
  };
}

export function changeEvent(change: Change): TimelineEvent {
  const title = `${change.service} ${change.to}`;
  return {
    id: change.id,
    lane: 'change',
    startMs: change.timeMs,
    peakMs: change.timeMs,
    endMs: change.timeMs,
    score: 0,
    direction: 'none',
    title,
    sentence: change.from === '' ? title : `${change.service}: ${change.from} → ${change.to}`,
    service: change.service,
  };
}
