import type { Mark } from './marks';
import { tracers } from './shapes';

export interface PaintedLane {
  readonly marks: readonly Mark[];
  readonly color: string;
  readonly top: number;
  readonly height: number;
}

export interface PaintOptions {
  readonly width: number;
  readonly border: string;
  /** Of texts beside marks. */
  readonly text: string;
  readonly font: string;
  readonly pixelRatio: number;
}

/** Draws all lanes: one fill per lane and opacity, an edge in full color always. */
export function paintLanes(canvas: HTMLCanvasElement, lanes: readonly PaintedLane[], options: PaintOptions): void {
  const height = lanes.reduce((sum, lane) => sum + lane.height, 0);
  const context = prepare(canvas, options.width, height, options.pixelRatio);
  for (const lane of lanes) {
    context.strokeStyle = options.border;
    context.globalAlpha = 1;
    context.beginPath();
    context.moveTo(0, lane.top + lane.height - 0.5);
    context.lineTo(options.width, lane.top + lane.height - 0.5);
    context.stroke();
    for (const opacity of [0.35, 0.6, 1]) {
      paintMarks(context, lane, opacity);
    }
    paintTexts(context, lane, options);
  }
}

function paintMarks(context: CanvasRenderingContext2D, { color, marks, top }: PaintedLane, opacity: number): void {
  context.beginPath();
  let some = false;
  for (const mark of marks) {
    if (mark.opacity === opacity) {
      some = true;
      tracers[mark.shape](context, mark, top);
    }
  }
  if (!some) {
    return;
  }
  context.fillStyle = color;
  context.globalAlpha = opacity;
  context.fill();
  context.strokeStyle = color;
  context.globalAlpha = 1;
  context.stroke();
  context.beginPath();
  for (const { peakX, event, y, height, opacity: own } of marks) {
    if (peakX !== undefined && own === opacity) {
      context.moveTo(peakX, top + (event?.direction === 'down' ? y + height + 2 : y - 2));
      context.lineTo(peakX, top + y + height / 2);
    }
  }
  context.stroke();
}

/** Counts of gathered points, and titles of single ones where they fit before the next. */
function paintTexts(
  context: CanvasRenderingContext2D,
  { marks, top, height }: PaintedLane,
  { text, font, width }: PaintOptions,
) {
  context.fillStyle = text;
  context.font = font;
  context.textBaseline = 'middle';
  marks.forEach((mark, index) => {
    if (mark.shape === 'bar' || mark.shape === 'band') {
      return;
    }
    const label = mark.event === undefined ? String(mark.count) : mark.event.title;
    const from = mark.x + mark.width + 4;
    const next = marks[index + 1]?.x ?? width;
    if (from + context.measureText(label).width < next - 4) {
      context.fillText(label, from, top + height / 2 + 1);
    }
  });
}

interface CursorOptions {
  readonly width: number;
  readonly height: number;
  readonly x: number | undefined;
  /** What is being dragged over. */
  readonly selection: readonly [number, number] | undefined;
  readonly color: string;
  readonly fill: string;
  readonly pixelRatio: number;
}

/** Line through all lanes, and the range that is being chosen. */
export function paintCursor(canvas: HTMLCanvasElement, options: CursorOptions): void {
  const { width, height, x, selection, color, fill, pixelRatio } = options;
  const context = prepare(canvas, width, height, pixelRatio);
  if (selection !== undefined) {
    context.fillStyle = fill;
    context.fillRect(Math.min(...selection), 0, Math.abs(selection[1] - selection[0]), height);
  }
  if (x !== undefined) {
    context.strokeStyle = color;
    context.beginPath();
    context.moveTo(Math.round(x) + 0.5, 0);
    context.lineTo(Math.round(x) + 0.5, height);
    context.stroke();
  }
}

export function prepare(
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
