import { oneOf } from '../../app/one-of';
import type { ChangeUrl, UrlForm } from '../../app/use-url-state';
import { type View, views } from '../../components/timeline/ViewChoice';
import type { Span } from '../../components/timeline/timeline-event';
import { readZoom, zoomText } from '../../components/timeline/zoom-text';

/** What is chosen on the page of an incident. */
export interface IncidentAddress {
  /** Search in the table of anomalies. */
  readonly q: string;
  /** Empty: by the room there is. */
  readonly view: View | '';
  /** Part of the incident that the page shows; undefined is all of it. */
  readonly zoom: Span | undefined;
  /** Id of the anomaly whose details are open. */
  readonly sel: string;
  /** Of the table, from 1. */
  readonly page: number;
}

export type ChangeIncident = ChangeUrl<IncidentAddress>;

function parse(parameters: URLSearchParams): IncidentAddress {
  return {
    q: parameters.get('q') ?? '',
    view: oneOf(parameters.get('view'), views) ?? '',
    zoom: readZoom(parameters.get('zoom')),
    sel: parameters.get('sel') ?? '',
    page: Math.max(1, Math.floor(Number(parameters.get('page') ?? 1)) || 1),
  };
}

function write({ q, view, zoom, sel, page }: IncidentAddress): URLSearchParams {
  const all = { q, view, zoom: zoomText(zoom), sel, page: page === 1 ? '' : String(page) };
  return new URLSearchParams(Object.entries(all).filter(([, text]) => text !== ''));
}

export const incidentForm: UrlForm<IncidentAddress> = { parse, write, questionOf: ({ q }) => q, start: { page: 1 } };
