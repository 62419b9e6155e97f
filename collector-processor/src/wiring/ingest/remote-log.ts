import type { Fate, LoggedRequest, RequestLog } from '../../publish/wal/request-log.ts';
import type { FromLog, ToLog } from './messages.ts';

type TellLog = (message: ToLog, moved: readonly ArrayBuffer[]) => void;

export interface RemoteLog extends RequestLog {
  decided(message: FromLog): void;
}

/** The main thread's write-ahead log as an ingest thread sees it. Bodies are copied: the thread goes on with its own. */
export function createRemoteLog(tell: TellLog): RemoteLog {
  const waiting = new Map<number, (outcome: FromLog['outcome']) => void>();
  let lastId = 0;

  return {
    keep(request, owed) {
      const id = ++lastId;
      const { promise, resolve } = Promise.withResolvers<FromLog['outcome']>();
      waiting.set(id, resolve);
      const copy = copyOf(request);
      tell({ kind: 'keep', id, request: copy, owed }, [copy.body.buffer]);
      return { id, kept: promise };
    },
    land(id, backend, fate: Fate) {
      if (fate.kind !== 'dead') {
        tell({ kind: 'land', id, backend, fate }, []);
        return;
      }
      const request = copyOf(fate.request);
      tell({ kind: 'land', id, backend, fate: { ...fate, request } }, [request.body.buffer]);
    },
    decided({ id, outcome }) {
      waiting.get(id)?.(outcome);
      waiting.delete(id);
    },
  };
}

/** What can be told to another thread. */
function copyOf({ signal, encoding, compression, headers, tenant, receivedAtMs, body }: LoggedRequest) {
  return { signal, encoding, compression, headers, tenant, receivedAtMs, body: new Uint8Array(body) };
}
