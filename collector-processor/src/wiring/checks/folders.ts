import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Settings } from '../../config/schema.ts';
import { codeOf, messageOf } from '../../runtime/errors.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';
import { logFolderOf } from '../log-folder.ts';
import { snapshotPathOf } from '../snapshot-path.ts';

interface Place {
  readonly setting: readonly string[];
  readonly folder: string;
}

/** Folders that cannot be made or written to. Nothing is made here: the nearest one that exists is asked. */
export function checkFolders(settings: Settings): SettingFault[] {
  return placesOf(settings).flatMap(({ setting, folder }) => {
    const reason = whyUnusable(resolve(folder));
    if (reason === undefined) return [];
    const remedy = 'Name a folder that this process may write to, or let it.';
    return [{ paths: [setting], message: `${folder} cannot be used as a folder: ${reason}.`, remedy }];
  });
}

/** What stands beside the store is the store's fault. */
function placesOf(settings: Settings): Place[] {
  const { store, forward, score } = settings;
  const log = logFolderOf(settings);
  const snapshot = snapshotPathOf(settings);
  const hasFile = store.url === '' && store.path !== ':memory:';
  return [
    ...(hasFile ? [{ setting: ['store', 'path'], folder: dirname(store.path) }] : []),
    ...(log !== undefined && (forward.writeAheadLog.path !== '' || !hasFile)
      ? [{ setting: ['forward', 'write_ahead_log', 'path'], folder: log }]
      : []),
    ...(snapshot !== '' && score.snapshot.path !== ''
      ? [{ setting: ['score', 'snapshot', 'path'], folder: dirname(snapshot) }]
      : []),
  ];
}

function whyUnusable(folder: string): string | undefined {
  try {
    if (!statSync(folder).isDirectory()) return `${folder} is a file`;
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && dirname(folder) !== folder) return whyUnusable(dirname(folder));
    // What is asked of a file as if it were a folder.
    if (codeOf(error) === 'ENOTDIR') return whyUnusable(dirname(folder));
    return messageOf(error);
  }
}
