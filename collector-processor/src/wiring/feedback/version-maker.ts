import type { Author } from '../../api/feedback-desk.ts';
import type { TuningVersion } from '../../model/tuning.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { TuningStore } from '../../store/tuning-store.ts';
import type { TuningSync } from './tuning-sync.ts';

export interface VersionMakerParts {
  readonly store: Pick<TuningStore, 'add' | 'forget'>;
  readonly sync: Pick<TuningSync, 'read'>;
  readonly maxVersions: number;
  readonly nowMs: () => number;
  readonly logger: Logger;
}

/** What acts in a version. */
export type Acting = Pick<TuningVersion, 'rules' | 'settings'>;

export interface VersionMaker {
  /** The next version, of what is made of the newest one; `isNew` false when that acts alike already. */
  add(
    make: (newest: TuningVersion) => Acting,
    author: Author & { readonly why: string },
  ): Promise<{ readonly isNew: boolean; readonly version: TuningVersion } | 'overtaken'>;
  /** A version was added: it acts, the oldest goes, and who made it is told. */
  made(version: TuningVersion): Promise<void>;
}

/** How often somebody else may come first. */
export const MAX_TRIES = 5;

export function createVersionMaker({ store, sync, maxVersions, nowMs, logger }: VersionMakerParts): VersionMaker {
  async function made(next: TuningVersion): Promise<void> {
    await store.forget(next.version - maxVersions + 1);
    await sync.read();
    const { by, knownBy, version, why } = next;
    logger.info({ by, knownBy, version, why }, 'Rules of scoring were changed.');
  }

  return {
    made,
    async add(make, author) {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const newest = await sync.read();
        const { rules, settings } = make(newest);
        const acting = { rules, ...(settings === undefined ? {} : { settings }) };
        const next: TuningVersion = { version: newest.version + 1, ...acting, atMs: nowMs(), ...author };
        if (actAlike(newest, next)) return { isNew: false, version: newest };
        if (!(await store.add(next))) continue;
        await made(next);
        return { isNew: true, version: next };
      }
      return 'overtaken';
    },
  };
}

/** Whether two versions act alike. */
function actAlike(one: TuningVersion, other: TuningVersion): boolean {
  return JSON.stringify([one.rules, one.settings ?? {}]) === JSON.stringify([other.rules, other.settings ?? {}]);
}
