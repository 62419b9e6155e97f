import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Backend } from '../backends/backend.ts';
import type { WriteAheadLogOptions } from '../forward-options.ts';
import { Drain, type DrainParts } from './drain.ts';
import type { KeptRequest } from './kept-request.ts';
import { createRemovedBackend } from './removed-backend.ts';
import type { Transcode } from './reopen.ts';
import { ReplayRoom } from './replay-room.ts';
import { refused, resend } from './resend.ts';
import type { WriteAheadLog } from './write-ahead-log.ts';

interface DrainsParts {
  readonly log: WriteAheadLog;
  readonly backends: readonly Backend[];
  /** Names of backends that are switched off: what the log holds for them waits until they are switched on. */
  readonly disabled: readonly string[];
  readonly options: WriteAheadLogOptions;
  readonly transcode: Transcode;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

interface Running {
  start(): void;
  stop(): Promise<void>;
}

/**
 * One drain for each backend. What the log holds for a backend that does not take the signal any more, or was removed from
 * the configuration and did not come back in time, becomes dead letters: it would stand in the way for ever.
 */
export function createDrains({ log, backends, disabled, options, transcode, clock, logger, random }: DrainsParts) {
  const { backlog, deadLetters } = log;
  const configured = new Set([...backends.map(({ name }) => name), ...disabled]);
  let drains: Running[] = [];
  let stopped = false;

  function drainOf(name: string, { send, delivered }: Pick<DrainParts, 'send' | 'delivered'>): Drain {
    const bury = (request: KeptRequest, reason: string): Promise<boolean> =>
      deadLetters.add({ ...request, owed: [name] }, { backend: name, reason });
    return new Drain({ options, feed: backlog.feed(name), send, delivered, bury, clock, random });
  }

  function drainTo(backend: Backend): Drain {
    const room = new ReplayRoom(options.replayWindow);
    const isStopped = (): boolean => stopped;
    return drainOf(backend.name, {
      send: (kept, before) => resend({ backend, kept, before, transcode, room, isStopped }),
      delivered: (signal) => backend.delivered(signal),
    });
  }

  function removed(name: string): Running {
    backlog.feed(name).markConfigured(false, clock.nowMs());
    const reason = 'no backend of that name is configured any more';
    const drain = drainOf(name, {
      send: (_kept, before) => Promise.resolve(refused(reason, before)),
      delivered: () => 0,
    });
    return createRemovedBackend({ name, backlog, drain, graceMs: options.keepForRemoved, clock, logger });
  }

  return {
    start() {
      for (const name of backlog.names) {
        if (configured.has(name)) backlog.feed(name).markConfigured(true, clock.nowMs());
        else if (backlog.feed(name).isSettled) backlog.forget(name);
      }
      drains = [...backends.map(drainTo), ...backlog.names.filter((name) => !configured.has(name)).map(removed)];
      for (const drain of drains) drain.start();
      // The forwarder before this one may still fail with what it has under way for a backend that is gone.
      backlog.onNewDebt = (name) => {
        if (configured.has(name) || stopped) return;
        const drain = removed(name);
        drains.push(drain);
        drain.start();
      };
    },
    async stop() {
      stopped = true;
      await Promise.all(drains.map((drain) => drain.stop()));
    },
  };
}
