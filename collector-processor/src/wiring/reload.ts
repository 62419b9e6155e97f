import type { ReloadOutcome } from '../api/providers.ts';
import type { Settings } from '../config/schema.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import { reloadNotes } from './reload-notes.ts';
import { restartNeeded } from './restart-only.ts';

export type Reread =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'invalid'; readonly lines: readonly string[] };

interface ReloadParts {
  readonly settings: Settings;
  readonly reread: () => Reread;
  readonly parts: readonly { readonly name: string; apply(next: Settings): Promise<boolean> }[];
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
      const exchanged: string[] = [];
      for (const part of parts) if (await part.apply(next)) exchanged.push(part.name);
      await settle();
      const notes = reloadNotes(inForce, next);
      inForce = next;
      const left = restartNeeded(settings, next);
      if (left.length > 0)
        logger.warn({ restartNeeded: left }, 'Some changed settings take effect after a restart only.');
      for (const note of notes) logger.warn({}, note);
      logger.info({ exchanged, restartNeeded: left, notes }, 'The configuration was reloaded.');
      return { kind: 'reloaded', restartNeeded: left, notes };
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
