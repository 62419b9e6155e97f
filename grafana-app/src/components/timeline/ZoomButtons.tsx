import { t } from '@grafana/i18n';
import { Button, Stack } from '@grafana/ui';
import { zoomAround } from './time-scale';
import type { Span } from './timeline-event';

interface Props {
  readonly range: Span;
  readonly whole: Span;
  readonly smallestMs: number;
  readonly onRange: (range: Span | undefined) => void;
}

/**
 * Zoom for those who neither drag nor turn a wheel: the middle stays where it is. With a tooltip a button that cannot be used
 * keeps the focus.
 */
export function ZoomButtons({ range, whole, smallestMs, onRange }: Props) {
  const isWhole = range.fromMs <= whole.fromMs && range.toMs >= whole.toMs;
  const isSmallest = range.toMs - range.fromMs <= smallestMs;
  const zoom = (factor: number) => onRange(zoomAround(range, (range.fromMs + range.toMs) / 2, { factor, smallestMs }));
  return (
    <Stack gap={0.5}>
      <Button
        size="sm"
        variant="secondary"
        icon="search-minus"
        aria-label={t('timeline.zoom-out', 'Zoom out')}
        tooltip={t('timeline.zoom-out', 'Zoom out')}
        disabled={isWhole}
        onClick={() => zoom(2)}
      />
      <Button
        size="sm"
        variant="secondary"
        icon="search-plus"
        aria-label={t('timeline.zoom-in', 'Zoom in')}
        tooltip={t('timeline.zoom-in', 'Zoom in')}
        disabled={isSmallest}
        onClick={() => zoom(0.5)}
      />
      <Button
        size="sm"
        variant="secondary"
        tooltip={t('timeline.whole-hint', 'Undo the zoom')}
        disabled={isWhole}
        onClick={() => onRange(undefined)}
      >
        {t('timeline.whole', 'Whole range')}
      </Button>
    </Stack>
  );
}
