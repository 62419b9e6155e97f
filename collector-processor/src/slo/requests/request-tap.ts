import { FAILED, type SpanColumns, SpanKind } from '../../model/columns.ts';
import { operationName } from '../../model/operation-name.ts';
import type { Resource } from '../../model/resource.ts';
import type { Counts } from '../../model/slo-counts.ts';
import type { BadRequest, RequestSelector } from '../../model/slo.ts';

export interface RequestWatch {
  readonly requests: RequestSelector;
  readonly bad: BadRequest;
  readonly count: (timeMs: number, counts: Counts) => void;
}

/**
 * Counts requests that services answer (SERVER and CONSUMER spans, and roots of their own) for objectives that ask for them, in
 * the time of their end. A span that stands for several, because others were not sampled, counts as so many.
 */
export class RequestTap {
  private readonly watches: readonly RequestWatch[];
  /** Of each resource that was seen; resources are one object each. */
  private readonly watchesOf = new WeakMap<Resource, readonly RequestWatch[]>();

  constructor(watches: readonly RequestWatch[]) {
    this.watches = watches;
  }

  observe(columns: SpanColumns): void {
    if (this.watches.length === 0) return;
    for (let i = 0; i < columns.count; i++) {
      const resource = columns.resources[columns.resource[i] as number];
      if (resource === undefined) continue;
      const watches = this.watchesOf.get(resource) ?? this.match(resource);
      if (watches.length > 0 && isRequest(columns, i)) this.count(watches, columns, i);
    }
  }

  private count(watches: readonly RequestWatch[], columns: SpanColumns, i: number): void {
    const total = columns.weight[i] as number;
    let name: string | undefined;
    for (const { requests, bad, count } of watches) {
      const { operation } = requests;
      if (operation !== undefined && operation !== (name ??= operationName(columns, i))) continue;
      count(columns.endMs[i] as number, { total, bad: isBad(columns, i, bad) ? total : 0 });
    }
  }

  private match(resource: Resource): readonly RequestWatch[] {
    const fits = ({ requests: { service, environment } }: RequestWatch): boolean =>
      service === resource.service && (environment === undefined || environment === resource.environment);
    const watches = this.watches.filter(fits);
    this.watchesOf.set(resource, watches);
    return watches;
  }
}

function isRequest({ kind, parentSpanId }: SpanColumns, i: number): boolean {
  if (kind[i] === SpanKind.server || kind[i] === SpanKind.consumer) return true;
  if (kind[i] !== SpanKind.internal && kind[i] !== SpanKind.unspecified) return false;
  for (let at = i * 8; at < i * 8 + 8; at++) if (parentSpanId[at] !== 0) return false;
  return true;
}

/** A request whose length nobody knows is not slow. */
function isBad(columns: SpanColumns, i: number, bad: BadRequest): boolean {
  if (bad.kind === 'error') return columns.statusCode[i] === FAILED;
  return (columns.durationNs[i] as number) > bad.thanMs * 1e6;
}
