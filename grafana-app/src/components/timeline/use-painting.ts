import { useTheme2 } from '@grafana/ui';
import { type RefObject, useEffect } from 'react';
import { laneStyle } from './lane';
import { paintCursor, paintLanes } from './paint';
import type { VisibleLane } from './use-lanes';

interface Shown {
  readonly marks: RefObject<HTMLCanvasElement | null>;
  readonly cursor: RefObject<HTMLCanvasElement | null>;
  readonly width: number;
  readonly cursorX: number | undefined;
  readonly selection: readonly [number, number] | undefined;
}

/** Two layers: marks, drawn when they or the theme change, and the line over them, drawn with every move of the pointer. */
export function usePainting(lanes: readonly VisibleLane[], { marks, cursor, width, cursorX, selection }: Shown): void {
  const theme = useTheme2();
  const height = lanes.reduce((sum, lane) => sum + lane.height, 0);
  const [from, to] = selection ?? [];

  useEffect(() => {
    if (marks.current === null) {
      return;
    }
    const painted = lanes.map((lane) => {
      const { color } = laneStyle(lane.lane);
      return {
        ...lane,
        color: color === '' ? theme.colors.text.secondary : theme.visualization.getColorByName(color),
      };
    });
    paintLanes(marks.current, painted, {
      width,
      border: theme.colors.border.weak,
      text: theme.colors.text.primary,
      font: `12px ${theme.typography.fontFamily}`,
      pixelRatio: devicePixelRatio,
    });
  }, [marks, lanes, width, theme]);

  useEffect(() => {
    if (cursor.current === null) {
      return;
    }
    paintCursor(cursor.current, {
      width,
      height,
      x: cursorX,
      selection: from === undefined || to === undefined ? undefined : [from, to],
      color: theme.colors.text.secondary,
      fill: theme.colors.action.selected,
      pixelRatio: devicePixelRatio,
    });
  }, [cursor, cursorX, from, to, width, height, theme]);
}
