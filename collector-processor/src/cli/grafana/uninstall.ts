import type { GrafanaAdmin } from './grafana-admin.ts';
import type { Made } from './part.ts';
import { PLUGIN } from './requirements.ts';

const paths: Readonly<Record<Exclude<Made['kind'], 'app settings' | 'folder'>, (made: never) => string>> = {
  dashboard: ({ uid }: { uid: string }) => `/api/dashboards/uid/${uid}`,
  'data source': ({ uid }: { uid: string }) => `/api/datasources/uid/${uid}`,
  'service account': ({ id }: { id: number }) => `/api/serviceaccounts/${id}`,
  token: ({ accountId, id }: { accountId: number; id: number }) => `/api/serviceaccounts/${accountId}/tokens/${id}`,
};

export function nameOf(made: Made): string {
  if (made.kind === 'app settings')
    return `settings of the app (${made.before.enabled ? 'as before' : 'switched off, as before'})`;
  return `${made.kind} ${'uid' in made ? made.uid : made.id}`;
}

/** Undoes one thing; false when somebody else has removed it, or uses it. */
export async function undo(grafana: GrafanaAdmin, made: Made): Promise<'removed' | 'gone' | 'in use'> {
  if (made.kind === 'app settings') {
    await grafana.post(`/api/plugins/${PLUGIN}/settings`, made.before);
    return 'removed';
  }
  if (made.kind === 'folder') {
    const inside = await grafana.get<readonly unknown[]>(`/api/search?folderUIDs=${made.uid}&limit=1`);
    if (inside.length > 0) return 'in use';
    return (await grafana.remove(`/api/folders/${made.uid}`)) ? 'removed' : 'gone';
  }
  return (await grafana.remove(paths[made.kind](made as never))) ? 'removed' : 'gone';
}
