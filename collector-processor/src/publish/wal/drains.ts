import type { Clock } from '../../runtime/clock.ts';
import type { Backend, Failures, Replayed } from '../backends/backend.ts';
import type { WriteAheadLogOptions } from '../forward-options.ts';
import { Drain } from './drain.ts';
import type { KeptRequest } from './kept-request.ts';
import type { Transcode } from './reopen.ts';
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
  readonly random: () => number;
}

/**
 * One drain for each backend. What the log holds for a backend that is not configured any more, or does not take the
 * signal any more, becomes dead letters: it would stand in the way for ever.
 */
export function createDrains({ log, backends, disabled, options, transcode, clock, random }: DrainsParts) {
  const { backlog, deadLetters } = log;
  let drains: Drain[] = [];

  function drainOf(name: string, send: (request: KeptRequest, before: Failures) => Promise<Replayed>): Drain {
    const bury = (request: KeptRequest, reason: string): Promise<boolean> =>
      deadLetters.add({ ...request, owed: [name] }, { backend: name, reason });
    return new Drain({ options, feed: backlog.feed(name), send, bury, clock, random });
  }

  return {
    start() {
      const configured = new Set([...backends.map(({ name }) => name), ...disabled]);
      const orphans = backlog.names.filter((name) => !configured.has(name));
      for (const name of orphans) if (backlog.feed(name).isSettled) backlog.forget(name);
      drains = [
        ...backends.map((backend) =>
          drainOf(backend.name, (kept, before) => resend({ backend, kept, before, transcode })),
        ),
        ...orphans
          .filter((name) => backlog.names.includes(name))
          .map((name) =>
            drainOf(name, (_kept, before) =>
              Promise.resolve(refused('no backend of that name is configured any more', before)),
            ),
          ),
      ];
      for (const drain of drains) drain.start();
    },
    async stop() {
      await Promise.all(drains.map((drain) => drain.stop()));
    },
  };
}
