import type { ReloadOutcome } from '../api/providers.ts';
import type { Settings } from '../config/schema.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';

/** Sections that are read once; another value needs a restart. */
const fixedSections = ['decode', 'store', 'api', 'telemetry'] as const;

export type Reread =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'invalid'; readonly lines: readonly string[] };

interface ReloadParts {
  readonly settings: Settings;
  readonly reread: () => Reread;
  readonly parts: readonly { apply(next: Settings): Promise<void> }[];
  readonly logger: Logger;
}

/** Reads the configuration again and exchanges the parts whose settings differ. On any error the old ones stay in force. */
export function createReload({ settings, reread, parts, logger }: ReloadParts): () => Promise<ReloadOutcome> {
  let inForce = settings;

  function refused(problems: readonly string[]): ReloadOutcome {
    logger.error({ problems }, 'The configuration was not reloaded; the old one stays in force.');
    return { kind: 'invalid', problems };
  }

  return async () => {
    const read = reread();
    if (read.kind === 'invalid') return refused(read.lines);
    const next = read.settings;
    try {
      for (const part of parts) await part.apply(next);
    } catch (error) {
      for (const part of parts) await part.apply(inForce);
      return refused([messageOf(error)]);
    }
    inForce = next;
    const restartNeeded = fixedSections.filter((name) => JSON.stringify(next[name]) !== JSON.stringify(settings[name]));
    logger.info({ restartNeeded }, 'The configuration was reloaded.');
    return { kind: 'reloaded', restartNeeded };
  };
}
