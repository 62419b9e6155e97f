import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { Button, Portal, Stack, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { OwnPart } from '../OwnPart';
import { cut, describeMark, detailMark } from './describe-mark';
import type { Mark } from './marks';
import type { Span, TimelineEvent } from './timeline-event';

interface Props {
  readonly mark: Mark;
  /** All events of the mark's lane; a column names their services. */
  readonly events: readonly TimelineEvent[];
  /** The drawing, and where in it the mark is, px. */
  readonly beside: RefObject<HTMLElement | null>;
  readonly x: number;
  readonly pinned: boolean;
  readonly timeZone: TimeZone;
  readonly onOpen: ((event: TimelineEvent) => void) | undefined;
  readonly onZoom: (span: Span) => void;
}

const cardWidth = 340;
const gap = 8;

/** What a mark says, beside its lane so that it hides no mark; pinned, it also leads on. */
export function MarkCard({ mark, events, beside, x, pinned, timeZone, onOpen, onZoom }: Props) {
  const styles = useStyles2(getStyles);
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 0, top: -1000 });
  useLayoutEffect(() => {
    const box = beside.current?.getBoundingClientRect();
    if (box !== undefined) {
      const { clientWidth, clientHeight } = document.documentElement;
      const height = card.current?.offsetHeight ?? 0;
      const left = Math.max(gap, Math.min(box.left + x + gap, clientWidth - cardWidth - gap));
      const below = box.bottom + gap + height < clientHeight;
      setPlace({ left, top: below ? box.bottom + gap : Math.max(gap, box.top - gap - height) });
    }
  }, [beside, x, mark, pinned]);
  const { event } = mark;
  return (
    <Portal>
      <OwnPart>
        <div
          ref={card}
          className={pinned ? styles.pinned : styles.card}
          style={{ ...place, width: cardWidth }}
          role={pinned ? 'group' : undefined}
          aria-label={pinned ? t('timeline.pinned', 'Pinned event') : undefined}
        >
          <div>{describeMark(mark, timeZone)}</div>
          <div className={styles.detail}>{detailMark(mark, events, timeZone)}</div>
          {event?.fields?.map(([name, value]) => (
            <div key={name} className={styles.detail}>
              {name}: {cut(value)}
            </div>
          ))}
          {pinned && (
            <Stack gap={1}>
              {event !== undefined && onOpen !== undefined && (
                <Button size="sm" variant="secondary" onClick={() => onOpen(event)}>
                  {t('timeline.details', 'Details')}
                </Button>
              )}
              {event === undefined && (
                <Button size="sm" variant="secondary" onClick={() => onZoom(mark)}>
                  {t('timeline.zoom-to-these', 'Zoom to these')}
                </Button>
              )}
            </Stack>
          )}
        </div>
      </OwnPart>
    </Portal>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const card = {
    position: 'fixed' as const,
    zIndex: theme.zIndex.tooltip,
    maxWidth: `calc(100vw - ${2 * gap}px)`,
    padding: theme.spacing(1),
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere' as const,
    pointerEvents: 'none' as const,
  };
  return {
    card: css(card),
    pinned: css({ ...card, borderColor: theme.colors.primary.border, pointerEvents: 'auto', userSelect: 'text' }),
    detail: css({ color: theme.colors.text.secondary, marginBottom: theme.spacing(0.5) }),
  };
};
