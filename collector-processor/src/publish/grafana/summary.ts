import type { AnnotationIntent } from './annotation-intent.ts';
import { annotationTags } from './annotation-tags.ts';
import { annotationText } from './annotation-text.ts';
import { incidentsLink } from './app-link.ts';

/** Names that are counted apart; further services only add to the total. */
const MAX_SERVICES = 100;
const NAMED_SERVICES = 3;

export interface SummaryOptions {
  /** Part of the key; tells the summaries of one process apart. */
  readonly name: string;
  readonly tag: string;
  /** `14` → `14 more anomalies`. */
  readonly title: (count: number) => string;
  readonly windowMs: number;
  readonly editIntervalMs: number;
  readonly appPath: string;
}

interface SummaryEntry {
  /** Masked. */
  readonly service: string;
  readonly startMs: number;
  readonly endMs: number;
}

interface Gathered {
  readonly key: string;
  readonly sinceMs: number;
  count: number;
  startMs: number;
  endMs: number;
  readonly services: Map<string, number>;
}

const KEY_PREFIX = 'summary:';

export function isSummaryKey(key: string): boolean {
  return key.startsWith(KEY_PREFIX);
}

/** One annotation in place of many: it is opened by the first entry, edited as more come, and closed with its window. */
export interface Summary {
  /** `nowMs` is monotonic, `wallMs` makes the key. */
  add(entry: SummaryEntry, time: { readonly nowMs: number; readonly wallMs: number }): void;
  /** Monotonic time at which it should be written next; Infinity when nothing is new. */
  dueMs(): number;
  /** What to write now. */
  intent(): AnnotationIntent | undefined;
  written(nowMs: number): void;
}

export function createSummary(options: SummaryOptions): Summary {
  let gathered: Gathered | undefined;
  let dueMs = Infinity;
  let writtenMs = -Infinity;

  return {
    add({ service, startMs, endMs }, { nowMs, wallMs }) {
      const ended = gathered !== undefined && nowMs - gathered.sinceMs >= options.windowMs;
      if (gathered === undefined || (ended && dueMs === Infinity)) {
        const key = `${KEY_PREFIX}${options.name}-${Math.round(wallMs)}`;
        gathered = { key, sinceMs: nowMs, count: 0, startMs, endMs, services: new Map() };
        writtenMs = -Infinity;
      }
      gathered.count += 1;
      gathered.startMs = Math.min(gathered.startMs, startMs);
      gathered.endMs = Math.max(gathered.endMs, endMs);
      const { services } = gathered;
      if (services.has(service) || services.size < MAX_SERVICES)
        services.set(service, (services.get(service) ?? 0) + 1);
      dueMs = Math.max(nowMs, writtenMs + options.editIntervalMs);
    },
    dueMs: () => dueMs,
    intent: () => (gathered === undefined ? undefined : summaryIntent(gathered, options)),
    written(nowMs) {
      writtenMs = nowMs;
      dueMs = Infinity;
    },
  };
}

function summaryIntent({ key, count, startMs, endMs, services }: Gathered, options: SummaryOptions): AnnotationIntent {
  const most = [...services].sort((a, b) => b[1] - a[1]).slice(0, NAMED_SERVICES);
  return {
    key,
    startMs,
    endMs,
    text: annotationText({
      title: options.title(count),
      details: [most.map(([service, number]) => `${service} ${number}`).join(', ')],
      links: [{ path: incidentsLink(options.appPath, { service: '', startMs, endMs }), label: 'Open list' }],
    }),
    tags: annotationTags([options.tag], [], key),
  };
}
