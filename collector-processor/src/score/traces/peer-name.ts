import type { SpanColumns } from '../../model/columns.ts';
import { projectedColumn, projectedTexts } from '../../model/operation-name.ts';

const rpcService = projectedColumn('rpc.service');
const dbSystemName = projectedColumn('db.system.name');
const dbSystem = projectedColumn('db.system');
const dbNamespace = projectedColumn('db.namespace');
const messagingSystem = projectedColumn('messaging.system');
const destination = projectedColumn('messaging.destination.name');
const peerService = projectedColumn('peer.service');
const serverAddress = projectedColumn('server.address');

/** Columns of `projected` that the name of a peer is made of. */
export const peerColumns: readonly number[] = [
  ...[peerService, dbSystemName, dbSystem, dbNamespace, messagingSystem, destination, serverAddress, rpcService],
];

/** Whom a client or producer talks to; empty when the span does not say. */
export function peerName(columns: SpanColumns, row: number): string {
  const text = projectedTexts(columns, row);
  if (text(peerService) !== '') return text(peerService);
  const database = text(dbSystemName) || text(dbSystem);
  if (database !== '') return joined(database, text(dbNamespace));
  if (text(destination) !== '') return joined(text(messagingSystem), text(destination));
  return text(serverAddress) || text(rpcService);
}

function joined(first: string, second: string): string {
  return [first, second].filter((part) => part !== '').join('/');
}
