import type { ReloadOutcome } from '../api/providers.ts';
import type { Settings } from '../config/schema.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import { reloadNotes } from './reload-notes.ts';

/** Sections that are read once; another value needs a restart. */
const fixedSections = ['decode', 'store', 'api', 'telemetry'] as const;

export type Reread =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'invalid'; readonly lines: readonly string[] };

interface ReloadParts {
  readonly settings: Settings;
  readonly reread: () => Reread;
  readonly parts: readonly { apply(next: Settings): Promise<void> }[];
  /** After parts were exchanged. */
  readonly settle: () => Promise<void>;
  readonly logger: Logger;
}

export interface Reload {
  /** Reads the configuration again and exchanges the parts whose settings differ. On any error the old ones stay in force. */
  run(): Promise<ReloadOutcome>;
  /** No further reload begins; resolves when the one under way has ended. */
  end(): Promise<void>;
}

/** One reload after the other: two at once would fight for the same ports. */
export function createReload({ settings, reread, parts, settle, logger }: ReloadParts): Reload {
  let inForce = settings;
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;

  function refused(problems: readonly string[]): ReloadOutcome {
    logger.error({ problems }, 'The configuration was not reloaded; the old one stays in force.');
    return { kind: 'invalid', problems };
  }

  async function goBack(): Promise<string[]> {
    try {
      for (const part of parts) await part.apply(inForce);
      return [];
    } catch (error) {
      return [`Going back failed too: ${messageOf(error)}. Restart Sentinel.`];
    }
  }

  async function reload(): Promise<ReloadOutcome> {
    if (ended) return refused(['Sentinel is stopping.']);
    try {
      const read = reread();
      if (read.kind === 'invalid') return refused(read.lines);
      const next = read.settings;
      for (const part of parts) await part.apply(next);
      await settle();
      const notes = reloadNotes(inForce, next);
      inForce = next;
      const restartNeeded = fixedSections.filter(
        (name) => JSON.stringify(next[name]) !== JSON.stringify(settings[name]),
      );
      for (const note of notes) logger.warn({}, note);
      logger.info({ restartNeeded, notes }, 'The configuration was reloaded.');
      return { kind: 'reloaded', restartNeeded, notes };
    } catch (error) {
      return refused([messageOf(error), ...(await goBack())]);
    }
  }

  return {
    run() {
      const outcome = last.then(reload);
      last = outcome;
      return outcome;
    },
    async end() {
      ended = true;
      await last;
    },
  };
}
