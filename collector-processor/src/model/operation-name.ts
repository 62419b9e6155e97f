import { type SpanAttribute, spanAttributes, type SpanColumns } from './columns.ts';
import { ABSENT } from './symbols.ts';

const width = spanAttributes.length;
const route = projectedColumn('http.route');
const method = projectedColumn('http.request.method');
const rpcService = projectedColumn('rpc.service');
const rpcMethod = projectedColumn('rpc.method');

/** Columns of `projected` that the name of an operation is made of, besides the span's name. */
export const operationColumns: readonly number[] = [route, method, rpcService, rpcMethod];

/** What a server does: the route or remote method, which do not vary with what is asked for; else the span's name. */
export function operationName(columns: SpanColumns, row: number): string {
  const text = projectedTexts(columns, row);
  if (text(route) !== '') return `${text(method)} ${text(route)}`.trim();
  if (text(rpcMethod) !== '') return [text(rpcService), text(rpcMethod)].filter((part) => part !== '').join('/');
  return columns.symbols.text(columns.name[row] ?? ABSENT);
}

export function projectedColumn(name: SpanAttribute): number {
  return spanAttributes.indexOf(name);
}

/** Reads the attributes of one span, empty where it has none. */
export function projectedTexts(columns: SpanColumns, row: number): (at: number) => string {
  return (at) => columns.symbols.text(columns.projected[row * width + at] ?? ABSENT);
}
