import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { useEscape } from '../use-escape';
import { VisuallyHidden } from '../VisuallyHidden';
import { testIds } from '../../testing/test-ids';
import type { Density } from './arrange';
import { describeMark } from './describe-mark';
import { LaneNames, nameWidths } from './LaneNames';
import { MarkCard } from './MarkCard';
import { summarize } from './summarize';
import { TimeAxis } from './TimeAxis';
import { toX } from './time-scale';
import type { Span, TimelineEvent } from './timeline-event';
import { usePainting } from './use-painting';
import { useLanes } from './use-lanes';
import { useTimelineKeys } from './use-timeline-keys';
import { type Found, useTimelinePointer } from './use-timeline-pointer';

export interface TimelineProps {
  readonly events: readonly TimelineEvent[];
  /** The range that is shown. */
  readonly range: Span;
  /** Everything there is; `Home` goes back to it. */
  readonly whole: Span;
  readonly width: number;
  readonly timeZone: TimeZone;
  /** Smallest range that can be zoomed to: three buckets. */
  readonly smallestMs: number;
  /** Undefined asks for the whole range. */
  readonly onRange: (range: Span | undefined) => void;
  readonly onHover?: (timeMs: number | undefined) => void;
  /** A line at a point of time that somebody else points at. */
  readonly cursorMs?: number | undefined;
  readonly onOpen?: (event: TimelineEvent) => void;
  /** A click on a single event opens it instead of pinning its card. */
  readonly opensAtOnce: boolean;
  readonly names: keyof typeof nameWidths;
  readonly showAxis: boolean;
  readonly density: Density;
  /** Height that the lanes fill where they need less, px. */
  readonly fill?: number;
}

/** Lanes of what happened on one time axis. Everything it shows is also in a table beside it. */
export function Timeline(props: TimelineProps) {
  const { events, range, whole, timeZone, smallestMs, onRange, onHover, onOpen, cursorMs } = props;
  const { names, showAxis, density, opensAtOnce, fill } = props;
  const styles = useStyles2(getStyles);
  const area = useRef<HTMLDivElement>(null);
  const marksCanvas = useRef<HTMLCanvasElement>(null);
  const cursorCanvas = useRef<HTMLCanvasElement>(null);
  const summaryId = useId();
  const [pinned, setPinned] = useState<Found>();
  const width = Math.max(40, props.width - nameWidths[names]);
  const scale = useMemo(() => ({ ...range, width }), [range, width]);
  const lanes = useLanes({ events, whole, scale, density, fill });
  const keys = useTimelineKeys({ lanes, range, smallestMs, onRange, onPin: pinChosen });
  const pointer = useTimelinePointer({ area, lanes, scale, whole, smallestMs, onRange, onHover, onPin: pin });
  const shown = pinned ?? pointer.hovered ?? keys.chosen;
  const shownX = shown && toX(scale, (shown.mark.fromMs + shown.mark.toMs) / 2);
  usePainting(lanes, {
    marks: marksCanvas,
    cursor: cursorCanvas,
    width,
    cursorX: shownX ?? pointer.cursorX ?? (cursorMs && toX(scale, cursorMs)),
    selection: pointer.selection,
  });

  function pin(found: Found | undefined) {
    if (opensAtOnce && found?.mark.event !== undefined) {
      onOpen?.(found.mark.event);
    } else {
      setPinned(found);
    }
  }

  function pinChosen(wanted: boolean) {
    pin(wanted ? keys.chosen : undefined);
  }

  useEscape(pinned !== undefined, () => setPinned(undefined));
  // For screen readers, who read it at rest: it need not follow every frame of a zoom.
  const restingRange = useDeferredValue(range);
  const summary = useMemo(() => summarize(events, restingRange, timeZone), [events, restingRange, timeZone]);
  const height = lanes.reduce((sum, lane) => sum + lane.height, 0);
  return (
    <div className={styles.frame} style={{ width: props.width }}>
      <div className={styles.lanes}>
        <LaneNames lanes={lanes} names={names} />
        {/* One tab stop that handles its own keys: the application role is what ARIA offers for that. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <div
          ref={area}
          className={styles.area}
          style={{ width, height }}
          role="application"
          aria-roledescription={t('timeline.role', 'timeline')}
          aria-label={t('timeline.label', 'Incident timeline')}
          aria-describedby={summaryId}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          data-testid={testIds.timeline.canvas}
          onKeyDown={keys.onKeyDown}
          onBlur={keys.leave}
          {...pointer.handlers}
        >
          <canvas ref={marksCanvas} className={styles.canvas} style={{ width, height }} />
          <canvas ref={cursorCanvas} className={styles.canvas} style={{ width, height }} />
        </div>
      </div>
      {shown !== undefined && shownX !== undefined && (
        <MarkCard
          mark={shown.mark}
          events={events.filter(({ lane }) => lane === shown.lane.lane)}
          beside={area}
          x={shownX}
          pinned={shown === pinned}
          timeZone={timeZone}
          onOpen={onOpen}
          onZoom={onRange}
        />
      )}
      {showAxis && <TimeAxis scale={scale} timeZone={timeZone} left={nameWidths[names]} />}
      <VisuallyHidden id={summaryId}>{summary}</VisuallyHidden>
      <VisuallyHidden live>{keys.chosen && describeMark(keys.chosen.mark, timeZone)}</VisuallyHidden>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ position: 'relative' }),
  lanes: css({ display: 'flex' }),
  area: css({
    position: 'relative',
    cursor: 'crosshair',
    touchAction: 'pan-y',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: 1 },
  }),
  canvas: css({ position: 'absolute', inset: 0, pointerEvents: 'none' }),
});
