import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { clock } from '../../grafana/format-time';
import { countColumns, columnHeight, columnWidth } from './arrange';
import { prepare } from './paint';
import { toTime, toX } from './time-scale';
import { laneEvents, type Span, type TimelineEvent } from './timeline-event';

interface Props {
  readonly events: readonly TimelineEvent[];
  readonly whole: Span;
  readonly range: Span;
  readonly smallestMs: number;
  readonly left: number;
  readonly width: number;
  readonly timeZone: TimeZone;
  readonly onRange: (range: Span) => void;
}

const height = 28;
const keyStep = 0.02;

/** The whole range as counts, with a window over the part that is shown: it can be moved, and its ends too. */
export function Strip({ events, whole, range, smallestMs, left, width, timeZone, onRange }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [grip, setGrip] = useState<{
    readonly end: 'fromMs' | 'toMs' | 'both';
    readonly x: number;
    readonly at: Span;
  }>();
  const scale = useMemo(() => ({ ...whole, width }), [whole, width]);
  const all = useMemo(
    () =>
      laneEvents(
        'all',
        events.map((event) => ({ ...event, lane: 'all' })),
      ),
    [events],
  );

  useEffect(() => {
    if (canvas.current === null) {
      return;
    }
    const { counts } = countColumns(all, scale);
    const tallest = counts.reduce((most, count) => Math.max(most, count), 1);
    const context = prepare(canvas.current, width, height, devicePixelRatio);
    context.fillStyle = theme.colors.text.secondary;
    counts.forEach((count, column) => {
      const tall = columnHeight(count, tallest);
      context.fillRect(column * columnWidth, height - tall, columnWidth - 1, tall);
    });
  }, [all, scale, width, theme]);

  const isWhole = range.fromMs <= whole.fromMs && range.toMs >= whole.toMs;

  function move(end: 'fromMs' | 'toMs' | 'both', byMs: number, at: Span = range) {
    if (end === 'both') {
      const by = Math.min(Math.max(byMs, whole.fromMs - at.fromMs), whole.toMs - at.toMs);
      onRange({ fromMs: at.fromMs + by, toMs: at.toMs + by });
    } else if (end === 'fromMs') {
      onRange({ ...at, fromMs: Math.max(whole.fromMs, Math.min(at.fromMs + byMs, at.toMs - smallestMs)) });
    } else {
      onRange({ ...at, toMs: Math.min(whole.toMs, Math.max(at.toMs + byMs, at.fromMs + smallestMs)) });
    }
  }

  function onPointerMove(event: PointerEvent) {
    if (grip !== undefined) {
      move(grip.end, toTime(scale, event.clientX - grip.x) - whole.fromMs, grip.at);
    }
  }

  function take(end: 'fromMs' | 'toMs' | 'both') {
    return (event: PointerEvent) => {
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      setGrip({ end, x: event.clientX, at: range });
    };
  }

  function handle(end: 'fromMs' | 'toMs', label: string) {
    const onKeyDown = ({ key }: KeyboardEvent) => {
      const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[key];
      if (direction !== undefined) {
        move(end, direction * keyStep * (whole.toMs - whole.fromMs));
      }
    };
    return (
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={Math.round(whole.fromMs)}
        aria-valuemax={Math.round(whole.toMs)}
        aria-valuenow={Math.round(range[end])}
        aria-valuetext={clock(range[end], timeZone)}
        className={styles.handle}
        style={{ left: toX(scale, range[end]) - 5 }}
        onPointerDown={take(end)}
        onPointerMove={onPointerMove}
        onPointerUp={() => setGrip(undefined)}
        onKeyDown={onKeyDown}
      />
    );
  }

  return (
    <div className={styles.strip} style={{ marginLeft: left, width }}>
      <canvas ref={canvas} className={styles.canvas} style={{ width, height }} />
      <div
        className={isWhole ? undefined : styles.window}
        style={{ left: toX(scale, range.fromMs), width: toX(scale, range.toMs) - toX(scale, range.fromMs) }}
        onPointerDown={take('both')}
        onPointerMove={onPointerMove}
        onPointerUp={() => setGrip(undefined)}
      />
      {handle('fromMs', t('timeline.window-start', 'Start of the shown range'))}
      {handle('toMs', t('timeline.window-end', 'End of the shown range'))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  strip: css({ position: 'relative', height, background: theme.colors.background.secondary, touchAction: 'none' }),
  canvas: css({ position: 'absolute', inset: 0, opacity: 0.6 }),
  window: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    background: theme.colors.action.selected,
    border: `1px solid ${theme.colors.primary.border}`,
    cursor: 'grab',
  }),
  handle: css({
    position: 'absolute',
    top: 4,
    bottom: 4,
    width: 10,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.primary.main,
    cursor: 'ew-resize',
    '&:focus-visible': { outline: `2px solid ${theme.colors.text.primary}`, outlineOffset: 1 },
  }),
});
