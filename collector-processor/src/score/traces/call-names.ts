import { type SpanAttribute, spanAttributes, type SpanColumns } from '../../model/columns.ts';
import { ABSENT } from '../../model/symbols.ts';

export const SpanKind = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

const width = spanAttributes.length;

function column(name: SpanAttribute): number {
  return spanAttributes.indexOf(name);
}

const route = column('http.route');
const method = column('http.request.method');
const rpcService = column('rpc.service');
const rpcMethod = column('rpc.method');
const dbSystemName = column('db.system.name');
const dbSystem = column('db.system');
const dbNamespace = column('db.namespace');
const messagingSystem = column('messaging.system');
const destination = column('messaging.destination.name');
const peerService = column('peer.service');
const serverAddress = column('server.address');

/** Columns of `projected` that the name of an operation, or of an edge, is made of. */
export const operationColumns: readonly number[] = [route, method, rpcService, rpcMethod];
export const edgeColumns: readonly number[] = [
  ...[peerService, dbSystemName, dbSystem, dbNamespace, messagingSystem, destination, serverAddress, rpcService],
];

/** What a server does: the route or remote method, which do not vary with what is asked for; else the span's name. */
export function operationName(columns: SpanColumns, row: number): string {
  const text = reader(columns, row);
  if (text(route) !== '') return `${text(method)} ${text(route)}`.trim();
  if (text(rpcMethod) !== '') return [text(rpcService), text(rpcMethod)].filter((part) => part !== '').join('/');
  return columns.symbols.text(columns.name[row] ?? ABSENT);
}

/** Whom a client or producer talks to; empty when the span does not say. */
export function peerName(columns: SpanColumns, row: number): string {
  const text = reader(columns, row);
  if (text(peerService) !== '') return text(peerService);
  const database = text(dbSystemName) || text(dbSystem);
  if (database !== '') return joined(database, text(dbNamespace));
  if (text(destination) !== '') return joined(text(messagingSystem), text(destination));
  return text(serverAddress) || text(rpcService);
}

function joined(first: string, second: string): string {
  return [first, second].filter((part) => part !== '').join('/');
}

function reader(columns: SpanColumns, row: number): (at: number) => string {
  return (at) => columns.symbols.text(columns.projected[row * width + at] ?? ABSENT);
}
