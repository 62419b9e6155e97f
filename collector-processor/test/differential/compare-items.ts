import { readItemAttributes } from '../../src/decode/read-item-attributes.ts';
import { type TelemetryColumns } from '../../src/model/columns.ts';
import { check, symbolText } from './check.ts';
import { attributeMap, bytes, child, list, type Node } from './oracle-node.ts';

export interface Item {
  readonly node: Node;
  readonly resource: Node;
  readonly scope: Node;
}

const fields = {
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
} as const;

/** Spans, metrics or log records of a decoded request, in the order of the bytes. */
export function itemsOf(signal: TelemetryColumns['signal'], request: Node): Item[] {
  const [resources, scopes, items] = fields[signal];
  return list(request, resources).flatMap((block) =>
    list(block, scopes).flatMap((scoped) =>
      list(scoped, items).map((node) => ({ node, resource: child(block, 'resource'), scope: child(scoped, 'scope') })),
    ),
  );
}

/** What rows of all signals have. `attributes` is the item's own list. */
export function compareCommon(columns: TelemetryColumns, row: number, { node, resource, scope }: Item): void {
  const read = columns.resources[columns.resource[row]!];
  check('resource', [...(read?.attributes ?? [])], [...attributeMap(list(resource, 'attributes'))]);
  check('scopeName', columns.symbols.text(columns.scopeName[row]!), symbolText(bytes(scope, 'name')));
  check('attributes', [...readItemAttributes(columns, row)], [...attributeMap(list(node, 'attributes'))]);
}
