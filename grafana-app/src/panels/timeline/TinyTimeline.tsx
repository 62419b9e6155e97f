import { t } from '@grafana/i18n';
import { Stack, Text, useTheme2 } from '@grafana/ui';
import { useEffect, useMemo, useRef } from 'react';
import { unescaped } from '../../app/unescaped';
import { columnHeight, columnWidth, countColumns } from '../../components/timeline/arrange';
import { prepare } from '../../components/timeline/paint';
import { formatCount } from '../../grafana/format-value';
import { laneEvents, type Span, type TimelineEvent } from '../../components/timeline/timeline-event';

interface Props {
  readonly events: readonly TimelineEvent[];
  readonly range: Span;
  readonly width: number;
  readonly height: number;
}

const stripHeight = 24;
const lineHeight = 22;
/** Below this width the sentence takes two lines. */
const oneLineFrom = 200;

/** How many are open and how bad, and one strip of counts where it fits. */
export function TinyTimeline({ events, range, width, height }: Props) {
  const theme = useTheme2();
  const canvas = useRef<HTMLCanvasElement>(null);
  const all = useMemo(
    () =>
      laneEvents(
        'all',
        events.map((event) => ({ ...event, lane: 'all' })),
      ),
    [events],
  );
  const hasStrip = height >= (width < oneLineFrom ? 2 : 1) * lineHeight + stripHeight;
  useEffect(() => {
    if (canvas.current === null) {
      return;
    }
    const { counts } = countColumns(all, { ...range, width });
    const tallest = counts.reduce((most, count) => Math.max(most, count), 1);
    const context = prepare(canvas.current, width, stripHeight, devicePixelRatio);
    context.fillStyle = theme.visualization.getColorByName('dark-orange');
    counts.forEach((count, column) => {
      const tall = columnHeight(count, tallest);
      context.fillRect(column * columnWidth, stripHeight - tall, columnWidth - 1, tall);
    });
  }, [all, range, width, theme]);
  return (
    <Stack direction="column" gap={0}>
      <Text>{sentenceOf(events)}</Text>
      {hasStrip && <canvas ref={canvas} style={{ width, height: stripHeight }} />}
    </Stack>
  );
}

function sentenceOf(events: readonly TimelineEvent[]): string {
  const open = events.filter((event) => event.open);
  if (open.length === 0) {
    return t('panel.timeline.tiny-none', 'None open');
  }
  const worst = open.some(({ severity }) => severity === 'major')
    ? t('panel.timeline.tiny-major', 'major')
    : t('panel.timeline.tiny-minor', 'minor');
  return t('panel.timeline.tiny', '{{open}} open, worst {{worst}}', {
    open: formatCount(open.length),
    worst,
    interpolation: unescaped,
  });
}
