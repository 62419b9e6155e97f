import { t } from '@grafana/i18n';
import { unescaped } from '../../app/unescaped';
import type { Anomaly } from '../../api/anomalies';
import type { Change } from '../../api/changes';
import type { KnownLane } from './lane';
import type { TimelineEvent } from './timeline-event';

const lanes = { metrics: 'metric', logs: 'log', traces: 'trace' } as const;
const changeShapes = { deploy: 'triangle', configuration: 'square', flag: 'pennant' } as const;

export function signalLane(signal: Anomaly['series']['signal']): KnownLane {
  return lanes[signal];
}

export function anomalyEvent(anomaly: Anomaly): TimelineEvent {
  return {
    id: anomaly.id,
    lane: signalLane(anomaly.series.signal),
    startMs: anomaly.startMs,
    peakMs: anomaly.peakMs,
    endMs: Math.max(anomaly.endMs, anomaly.startMs + anomaly.stepMs),
    score: anomaly.peakScore,
    direction: anomaly.direction,
    title: anomaly.sentence,
    sentence: anomaly.sentence,
    service: anomaly.series.service,
    severity: anomaly.border === 'page' ? 'major' : 'minor',
    open: anomaly.state === 'open',
  };
}

export function changeEvent(change: Change): TimelineEvent {
  const { id, service, kind, from, to, timeMs } = change;
  return {
    id,
    lane: 'change',
    startMs: timeMs,
    peakMs: timeMs,
    endMs: timeMs,
    score: 0,
    direction: 'none',
    title: `${service} ${to}`,
    sentence: sentenceOf(kind, { service, from, to }),
    service,
    severity: '',
    open: false,
    shape: changeShapes[kind],
  };
}

function sentenceOf(kind: Change['kind'], words: { service: string; from: string; to: string }): string {
  if (words.from === '') {
    return {
      deploy: t('change.deploy-to', 'Deploy: {{service}} {{to}}', { ...words, interpolation: unescaped }),
      configuration: t('change.configuration-to', 'Configuration: {{service}} {{to}}', {
        ...words,
        interpolation: unescaped,
      }),
      flag: t('change.flag-to', 'Flag: {{service}} {{to}}', { ...words, interpolation: unescaped }),
    }[kind];
  }
  return {
    deploy: t('change.deploy', 'Deploy: {{service}} {{from}} to {{to}}', { ...words, interpolation: unescaped }),
    configuration: t('change.configuration', 'Configuration: {{service}} {{from}} to {{to}}', {
      ...words,
      interpolation: unescaped,
    }),
    flag: t('change.flag', 'Flag: {{service}} {{from}} to {{to}}', { ...words, interpolation: unescaped }),
  }[kind];
}
