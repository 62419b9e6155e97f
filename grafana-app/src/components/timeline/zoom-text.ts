import type { Span } from './timeline-event';

/** A zoom as it stands in the address; undefined is all there is. */
export function zoomText(zoom: Span | undefined): string {
  return zoom === undefined ? '' : `${Math.round(zoom.fromMs)}-${Math.round(zoom.toMs)}`;
}

export function readZoom(text: string | null): Span | undefined {
  const [fromMs = 0, toMs = 0] = (/^(\d{10,15})-(\d{10,15})$/.exec(text ?? '') ?? []).slice(1).map(Number);
  return fromMs < toMs ? { fromMs, toMs } : undefined;
}
