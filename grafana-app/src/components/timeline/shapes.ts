import type { Shape } from './lane';
import type { Mark } from './marks';

type Trace = (context: CanvasRenderingContext2D, mark: Mark, top: number) => void;

/** Outlines of marks: what happened can be told without color. */
export const tracers: Readonly<Record<Shape, Trace>> = {
  bar: (context, { x, y, width, height }, top) => context.rect(x, top + y, width, height),
  band: (context, { x, y, width }, top) => context.rect(x, top + y + 2, width, 18),
  pill: (context, { x, y, width, height }, top) => context.roundRect(x, top + y, width, height, height / 2),
  triangle: (context, mark, top) =>
    polygon(context, mark, top, [
      [0.5, 0.05],
      [1, 0.95],
      [0, 0.95],
    ]),
  square: (context, mark, top) =>
    polygon(context, mark, top, [
      [0.1, 0.1],
      [0.9, 0.1],
      [0.9, 0.9],
      [0.1, 0.9],
    ]),
  pennant: (context, mark, top) =>
    polygon(context, mark, top, [
      [0.2, 0],
      [1, 0.3],
      [0.3, 0.6],
      [0.3, 1],
      [0.2, 1],
    ]),
  diamond: (context, mark, top) =>
    polygon(context, mark, top, [
      [0.5, 0],
      [1, 0.5],
      [0.5, 1],
      [0, 0.5],
    ]),
  ring(context, { x, y, width, height }, top) {
    const [middleX, middleY] = [x + width / 2, top + y + height / 2];
    context.moveTo(middleX + 5, middleY);
    context.arc(middleX, middleY, 5, 0, 2 * Math.PI);
    context.moveTo(middleX + 2, middleY);
    // Against the clock, so that the middle stays open.
    context.arc(middleX, middleY, 2, 0, 2 * Math.PI, true);
  },
};

/** Corners as shares of the mark's box. */
function polygon(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Mark,
  top: number,
  corners: ReadonlyArray<readonly [number, number]>,
): void {
  corners.forEach(([right, down], index) => {
    const place = [x + right * width, top + y + down * height] as const;
    if (index === 0) {
      context.moveTo(...place);
    } else {
      context.lineTo(...place);
    }
  });
  context.closePath();
}
