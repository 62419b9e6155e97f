import { laneHeight } from './lane';
import type { Mark } from './marks';

export interface PaintedLane {
  readonly marks: readonly Mark[];
  readonly color: string;
  /** Changes are triangles, everything else rectangles. */
  readonly shape: 'bar' | 'triangle';
}

export interface PaintOptions {
  readonly width: number;
  readonly border: string;
  readonly pixelRatio: number;
}

/** Draws all lanes: one fill per lane and opacity, an edge in full color always. */
export function paintLanes(canvas: HTMLCanvasElement, lanes: readonly PaintedLane[], options: PaintOptions): void {
  const context = prepare(canvas, options.width, lanes.length * laneHeight, options.pixelRatio);
  lanes.forEach((lane, index) => {
    const top = index * laneHeight;
    context.strokeStyle = options.border;
    context.globalAlpha = 1;
    context.beginPath();
    context.moveTo(0, top + laneHeight - 0.5);
    context.lineTo(options.width, top + laneHeight - 0.5);
    context.stroke();
    for (const opacity of [0.35, 0.6, 1]) {
      paintMarks(
        context,
        lane,
        lane.marks.filter((mark) => mark.opacity === opacity),
        top,
        opacity,
      );
    }
  });
}

/** Line through all lanes, and a frame around the selected mark. */
export function paintCursor(
  canvas: HTMLCanvasElement,
  {
    width,
    height,
    x,
    color,
    pixelRatio,
  }: { width: number; height: number; x: number | undefined; color: string; pixelRatio: number },
): void {
  const context = prepare(canvas, width, height, pixelRatio);
  if (x === undefined) {
    return;
  }
  context.strokeStyle = color;
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, 0);
  context.lineTo(Math.round(x) + 0.5, height);
  context.stroke();
}

function paintMarks(
  context: CanvasRenderingContext2D,
  { color, shape }: PaintedLane,
  marks: readonly Mark[],
  top: number,
  opacity: number,
): void {
  if (marks.length === 0) {
    return;
  }
  context.beginPath();
  for (const mark of marks) {
    if (shape === 'triangle') {
      trace(context, mark.x, top);
    } else {
      context.rect(mark.x, top + mark.y, mark.width, mark.height);
    }
  }
  context.fillStyle = color;
  context.globalAlpha = opacity;
  context.fill();
  context.strokeStyle = color;
  context.globalAlpha = 1;
  context.stroke();
}

function trace(context: CanvasRenderingContext2D, x: number, top: number): void {
  context.moveTo(x, top + 6);
  context.lineTo(x + 7, top + laneHeight - 6);
  context.lineTo(x - 7, top + laneHeight - 6);
  context.closePath();
}

function prepare(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  pixelRatio: number,
): CanvasRenderingContext2D {
  canvas.width = Math.round(width * pixelRatio);
  canvas.height = Math.round(height * pixelRatio);
  const context = canvas.getContext('2d');
  if (context === null) {
    throw new Error('This browser gives no 2D canvas.');
  }
  context.scale(pixelRatio, pixelRatio);
  return context;
}
