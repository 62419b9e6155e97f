import type { GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { testIds } from '../../testing/test-ids';
import { describeMark } from './describe-mark';
import { laneColors, laneHeight } from './lane';
import { laneName } from './lane-name';
import { markAt, type Mark } from './marks';
import { MarkCard } from './MarkCard';
import { paintCursor, paintLanes } from './paint';
import { TimeAxis } from './TimeAxis';
import { toTime, toX } from './time-scale';
import type { Span, TimelineEvent } from './timeline-event';
import { useLanes } from './use-lanes';
import { useTimelineKeys } from './use-timeline-keys';

export interface TimelineProps {
  readonly events: readonly TimelineEvent[];
  /** The range that is shown. */
  readonly range: Span;
  /** Everything there is; `Home` and a double click go back to it. */
  readonly whole: Span;
  readonly width: number;
  readonly timeZone: TimeZone;
  /** Smallest range that can be zoomed to: three buckets. */
  readonly smallestMs: number;
  /** Undefined asks for the whole range. */
  readonly onRange: (range: Span | undefined) => void;
  readonly onHover?: (timeMs: number | undefined) => void;
  readonly showNames?: boolean;
  readonly showAxis?: boolean;
}

const nameWidth = 76;

/** Lanes of what happened on one time axis. Everything it shows is also in the table beside it. */
export function Timeline(props: TimelineProps) {
  const { events, range, whole, timeZone, smallestMs, onRange, onHover, showNames = true, showAxis = true } = props;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const marksCanvas = useRef<HTMLCanvasElement>(null);
  const cursorCanvas = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState<Mark>();
  const [pinned, setPinned] = useState<Mark>();
  const [cursorX, setCursorX] = useState<number>();
  const [dragFrom, setDragFrom] = useState<number>();
  const width = Math.max(40, props.width - (showNames ? nameWidth : 0));
  const scale = useMemo(() => ({ ...range, width }), [range, width]);
  const lanes = useLanes(events, whole, scale);
  const height = lanes.length * laneHeight;
  const keys = useTimelineKeys({ lanes, range, smallestMs, onRange, onPin: setPinned });
  const shown = pinned ?? hovered ?? keys.mark;

  useEffect(() => {
    if (marksCanvas.current !== null) {
      const painted = lanes.map(({ lane, marks }) => ({
        marks,
        color:
          laneColors[lane] === '' ? theme.colors.text.secondary : theme.visualization.getColorByName(laneColors[lane]),
        shape: lane === 'change' ? ('triangle' as const) : ('bar' as const),
      }));
      paintLanes(marksCanvas.current, painted, {
        width,
        border: theme.colors.border.weak,
        pixelRatio: devicePixelRatio,
      });
    }
  }, [lanes, width, theme]);

  useEffect(() => {
    if (cursorCanvas.current !== null) {
      const x = shown === undefined ? cursorX : toX(scale, (shown.fromMs + shown.toMs) / 2);
      paintCursor(cursorCanvas.current, {
        width,
        height,
        x,
        color: theme.colors.text.secondary,
        pixelRatio: devicePixelRatio,
      });
    }
  }, [shown, cursorX, scale, width, height, theme]);

  function place(event: PointerEvent): { x: number; lane: number } {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, lane: Math.floor((event.clientY - box.top) / laneHeight) };
  }

  function onPointerMove(event: PointerEvent) {
    const { x, lane } = place(event);
    setCursorX(x);
    setHovered(markAt(lanes[lane]?.marks ?? [], x));
    onHover?.(toTime(scale, x));
  }

  function onPointerUp(event: PointerEvent) {
    const { x, lane } = place(event);
    const from = dragFrom ?? x;
    setDragFrom(undefined);
    if (Math.abs(x - from) < 5) {
      setPinned(markAt(lanes[lane]?.marks ?? [], x));
      return;
    }
    const [left, right] = [toTime(scale, Math.min(from, x)), toTime(scale, Math.max(from, x))];
    onRange({ fromMs: left, toMs: Math.max(right, left + smallestMs) });
  }

  function onPointerLeave() {
    setHovered(undefined);
    setCursorX(undefined);
    setDragFrom(undefined);
    onHover?.(undefined);
  }

  return (
    <div className={styles.frame} style={{ width: props.width }}>
      <div className={styles.lanes}>
        {showNames && (
          <div style={{ width: nameWidth }} className={styles.names}>
            {lanes.map(({ lane }) => (
              <div key={lane} className={styles.name}>
                {laneName(lane)}
              </div>
            ))}
          </div>
        )}
        {/* One tab stop that handles its own keys: the application role is what ARIA offers for that. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <div
          className={styles.area}
          style={{ width, height }}
          role="application"
          aria-roledescription={t('timeline.role', 'timeline')}
          aria-label={t('timeline.label', 'Incident timeline, {{count}} events', { count: events.length })}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          data-testid={testIds.timeline.canvas}
          onKeyDown={keys.onKeyDown}
          onBlur={keys.leave}
          onPointerMove={onPointerMove}
          onPointerDown={(event) => setDragFrom(place(event).x)}
          onPointerUp={onPointerUp}
          onPointerLeave={onPointerLeave}
          onDoubleClick={() => onRange(undefined)}
        >
          <canvas ref={marksCanvas} className={styles.canvas} style={{ width, height }} />
          <canvas ref={cursorCanvas} className={styles.canvas} style={{ width, height }} />
          {shown !== undefined && (
            <MarkCard
              mark={shown}
              x={toX(scale, shown.toMs)}
              width={width}
              top={height}
              pinned={shown === pinned}
              timeZone={timeZone}
            />
          )}
        </div>
      </div>
      {showAxis && <TimeAxis scale={scale} timeZone={timeZone} left={showNames ? nameWidth : 0} />}
      <div aria-live="polite" className={styles.spoken}>
        {keys.mark === undefined ? '' : describeMark(keys.mark, timeZone)}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ position: 'relative' }),
  lanes: css({ display: 'flex' }),
  names: css({ flexShrink: 0 }),
  name: css({
    height: laneHeight,
    lineHeight: `${laneHeight}px`,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  area: css({ position: 'relative', cursor: 'crosshair', touchAction: 'pan-y' }),
  canvas: css({ position: 'absolute', inset: 0, pointerEvents: 'none' }),
  spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
});
