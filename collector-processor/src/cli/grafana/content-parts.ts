import { annotationsDashboard, type DataSource } from './bundled.ts';
import type { GrafanaAdmin } from './grafana-admin.ts';
import { type Part, there } from './part.ts';

export const FOLDER = 'sentinel';
const FOLDER_TITLE = 'Sentinel';

export async function folderPart(grafana: GrafanaAdmin): Promise<Part> {
  const name = `folder "${FOLDER_TITLE}"`;
  if ((await grafana.find(`/api/folders/${FOLDER}`)) !== undefined) return there(name);
  return {
    name,
    missing: 'make it',
    make: async (made) => {
      await grafana.post('/api/folders', { uid: FOLDER, title: FOLDER_TITLE });
      made({ kind: 'folder', uid: FOLDER });
    },
  };
}

export async function dashboardPart(grafana: GrafanaAdmin): Promise<Part> {
  const dashboard = annotationsDashboard();
  const name = `dashboard "${dashboard.title}" in it`;
  if ((await grafana.find(`/api/dashboards/uid/${dashboard.uid}`)) !== undefined) return there(name);
  return {
    name,
    missing: 'make it',
    make: async (made) => {
      await grafana.post('/api/dashboards/db', { dashboard, folderUid: FOLDER });
      made({ kind: 'dashboard', uid: dashboard.uid });
    },
  };
}

export interface KnownDataSource {
  readonly uid: string;
  readonly type: string;
  readonly name: string;
  readonly isDefault: boolean;
}

/** The one that the app looks at: the default of its type, else the first. */
export function chosenOf(known: readonly KnownDataSource[], type: string): KnownDataSource | undefined {
  const all = known.filter((one) => one.type === type);
  return all.find(({ isDefault }) => isDefault) ?? all[0];
}

/** What of `wanted` has no fellow of its type yet. */
export function dataSourceParts(
  grafana: GrafanaAdmin,
  known: readonly KnownDataSource[],
  wanted: readonly DataSource[],
): Part[] {
  return wanted.map((one): Part => {
    const chosen = chosenOf(known, one.type);
    if (chosen !== undefined) return there(`data source "${chosen.name}" (${one.type})`);
    return {
      name: `data source "${one.name}" (${one.type})`,
      missing: `make it, at ${one.url}`,
      make: async (made) => {
        // Whichever is the default stays it.
        await grafana.post('/api/datasources', { ...one, isDefault: known.length === 0 && one.type === 'prometheus' });
        made({ kind: 'data source', uid: one.uid });
      },
    };
  });
}
