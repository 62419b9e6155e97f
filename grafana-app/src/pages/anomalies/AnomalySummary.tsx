import { rangeUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Text } from '@grafana/ui';
import { memo } from 'react';
import { unescaped } from '../../app/unescaped';
import { cut } from '../../components/timeline/describe-mark';
import type { Span } from '../../components/timeline/timeline-event';
import { clock } from '../../grafana/format-time';
import { formatCount } from '../../grafana/format-value';
import type { Row } from './row';
import { toTimeRange } from '../../components/range/time-words';

/** From here on the timeline shows counts; single ones appear when it is zoomed. */
const STORM_FROM = 1_000;

interface Props {
  /** What lies in the shown range. */
  readonly rows: readonly Row[];
  readonly words: { readonly from: string; readonly to: string };
  /** The part of the range that is zoomed to. */
  readonly zoom: Span | undefined;
}

/** The answer before the proof: how much is wrong, where, and what came first. */
export const AnomalySummary = memo(function AnomalySummary({ rows, words, zoom }: Props) {
  const range = zoom === undefined ? rangeUtil.describeTimeRange(toTimeRange(words).raw) : spanText(zoom);
  return (
    <div>
      <Text weight="medium">
        {t('anomalies.summary', '{{range}}: {{counts}}', { range, counts: countsOf(rows), interpolation: unescaped })}
      </Text>{' '}
      <Text color="secondary">{rows.length < STORM_FROM ? firstOf(rows) : stormOf(rows)}</Text>
    </div>
  );
});

function spanText({ fromMs, toMs }: Span): string {
  return t('timeline.range', '{{from}} to {{to}}', {
    from: clock(fromMs),
    to: clock(toMs),
    interpolation: unescaped,
  });
}

/** "3 major and 7 minor open, 2 closed, in 5 services." Nothing is said of what there is none of. */
function countsOf(rows: readonly Row[]): string {
  const open = rows.filter(({ state, left }) => state === 'open' && !left);
  const major = open.filter(({ border }) => border === 'page').length;
  const minor = open.length - major;
  const closed = rows.length - open.length;
  const kinds: ReadonlyArray<readonly [number, string]> = [
    [
      major,
      t('anomalies.count-major', '{{number}} major open', { number: formatCount(major), interpolation: unescaped }),
    ],
    [
      minor,
      t('anomalies.count-minor', '{{number}} minor open', { number: formatCount(minor), interpolation: unescaped }),
    ],
    [
      closed,
      t('anomalies.count-closed', '{{number}} closed', { number: formatCount(closed), interpolation: unescaped }),
    ],
  ];
  const texts = kinds.filter(([count]) => count > 0).map(([, text]) => text);
  if (texts.length === 0) {
    return t('anomalies.count-none', 'none.');
  }
  return `${texts.join(', ')} ${places(rows)}.`;
}

function places(rows: readonly Row[]): string {
  const { size } = new Set(rows.map(({ series }) => series.service));
  return t('timeline.summary-services', '', {
    count: size,
    defaultValue_one: 'in {{count}} service',
    defaultValue_other: 'in {{count}} services',
  });
}

function firstOf(rows: readonly Row[]): string {
  const first = rows.reduce<Row | undefined>(
    (earliest, row) => (earliest === undefined || row.startMs < earliest.startMs ? row : earliest),
    undefined,
  );
  return first === undefined
    ? ''
    : t('anomalies.summary-first', 'First, {{time}}: {{sentence}}', {
        time: clock(first.startMs),
        sentence: cut(first.sentence),
        interpolation: unescaped,
      });
}

function stormOf(rows: readonly Row[]): string {
  return t('anomalies.storm', 'Storm: {{shown}} anomalies are shown as counts. Zoom in to see single ones.', {
    shown: formatCount(rows.length),
    interpolation: unescaped,
  });
}
