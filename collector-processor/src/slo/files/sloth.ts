import type { AlertKind, Indicator } from '../../model/slo.ts';
import { textsOf } from '../../runtime/yaml/schema-parts.ts';
import { fault, faults, part, type Part, then, together } from '../../runtime/yaml/understood.ts';
import { hasWindow } from '../promql/parse-query.ts';
import { defaultAlerting, labelsOf, queryAt, targetOf } from './common-parts.ts';
import type { Found } from './found.ts';
import type { SlothAlert, SlothCluster, SlothClusterSlo, SlothFile, SlothFileSlo } from './sloth-schema.ts';

type Path = readonly (string | number)[];

/** Both spellings in one, with the way to each query as it is written. */
interface Spelling {
  readonly slo: SlothFileSlo | SlothClusterSlo;
  readonly events:
    { readonly error: string; readonly total: string; readonly names: readonly [string, string] } | undefined;
  readonly raw: { readonly ratio: string; readonly name: string } | undefined;
  readonly page: SlothAlert | undefined;
  readonly ticket: SlothAlert | undefined;
}

/** What Sloth takes when it is not told otherwise. */
const PERIOD_MS = 30 * 86_400_000;

export function readSlothFile({ service, labels, slos }: SlothFile): Found {
  return readAll({ service, labels, path: ['slos'], slos: slos.map(fileSpelling) });
}

export function readSlothCluster({ spec: { service, labels, slos } }: SlothCluster): Found {
  return readAll({ service, labels, path: ['spec', 'slos'], slos: slos.map(clusterSpelling) });
}

function fileSpelling(slo: SlothFileSlo): Spelling {
  const { events, raw } = slo.sli;
  const names = ['error_query', 'total_query'] as const;
  return {
    slo,
    events: events && { error: events.error_query, total: events.total_query, names },
    raw: raw && { ratio: raw.error_ratio_query, name: 'error_ratio_query' },
    page: slo.alerting?.page_alert,
    ticket: slo.alerting?.ticket_alert,
  };
}

function clusterSpelling(slo: SlothClusterSlo): Spelling {
  const { events, raw } = slo.sli;
  const names = ['errorQuery', 'totalQuery'] as const;
  return {
    slo,
    events: events && { error: events.errorQuery, total: events.totalQuery, names },
    raw: raw && { ratio: raw.errorRatioQuery, name: 'errorRatioQuery' },
    page: slo.alerting?.pageAlert,
    ticket: slo.alerting?.ticketAlert,
  };
}

function readAll(file: {
  readonly service: string;
  readonly labels: SlothFile['labels'];
  readonly path: Path;
  readonly slos: readonly Spelling[];
}): Found {
  const found = file.slos.map((spelling, index): Found => {
    const { slo } = spelling;
    const path = [...file.path, index];
    const read = together({
      target: targetOf(slo.objective, [...path, 'objective']),
      indicator: indicatorOf(spelling, [...path, 'sli']),
    });
    if (read.kind === 'faults') return { objectives: [], faults: read.faults };
    const { alerting } = slo;
    const objective = {
      name: slo.name,
      displayName: slo.name,
      description: slo.description ?? '',
      service: file.service,
      labels: labelsOf({ ...file.labels, ...slo.labels }),
      ...read.value,
      window: { kind: 'rolling', durationMs: PERIOD_MS } as const,
      alerting: {
        ...defaultAlerting,
        name: alerting?.name ?? defaultAlerting.name,
        page: alertKind(spelling.page, alerting),
        ticket: alertKind(spelling.ticket, alerting),
      },
      path,
    };
    return { objectives: [objective], faults: [] };
  });
  return { objectives: found.flatMap(({ objectives }) => objectives), faults: found.flatMap((one) => one.faults) };
}

function alertKind(own: SlothAlert | undefined, shared: Pick<SlothAlert, 'labels' | 'annotations'> = {}): AlertKind {
  return {
    enabled: own?.disable !== true,
    labels: labelsOf({ ...shared.labels, ...own?.labels }),
    annotations: textsOf({ ...shared.annotations, ...own?.annotations }),
  };
}

function indicatorOf({ slo, events, raw }: Spelling, path: Path): Part<Indicator> {
  if (slo.sli.plugin !== undefined) {
    return faults(fault([...path, 'plugin'], 'Plugins of Sloth are Go programs.', 'Write the query that it makes.'));
  }
  if (events !== undefined && raw === undefined) {
    const [error, total] = events.names;
    const read = together({
      query: windowed(events.error, [...path, 'events', error]),
      total: windowed(events.total, [...path, 'events', total]),
    });
    return then(read, (queries) => part({ kind: 'events', outcome: 'bad', ...queries }));
  }
  if (raw === undefined || events !== undefined) {
    return faults(fault(path, 'An SLI has one of events and raw.', 'Keep one of them.'));
  }
  return then(windowed(raw.ratio, [...path, 'raw', raw.name]), (bad) => part({ kind: 'share', bad }));
}

function windowed(text: string, path: Path): ReturnType<typeof queryAt> {
  if (hasWindow(text)) return queryAt(text, path);
  return faults(fault(path, 'The query does not say {{.window}}.', 'Write [{{.window}}] where it looks back.'));
}
