import { type AccountWishes, accountPart } from './account-part.ts';
import { appPart, type AppWishes } from './app-part.ts';
import type { DataSource } from './bundled.ts';
import { chosenOf, dashboardPart, dataSourceParts, folderPart, type KnownDataSource } from './content-parts.ts';
import type { GrafanaAdmin } from './grafana-admin.ts';
import type { Part } from './part.ts';
import { checkGrafana, checkRights } from './requirements.ts';

export interface InstallWishes {
  readonly dataSources: readonly DataSource[];
  readonly app: Omit<AppWishes, 'dataSources'>;
  readonly account: AccountWishes;
}

const settingsOfTypes: Readonly<Record<string, string>> = {
  prometheus: 'metricsUid',
  loki: 'logsUid',
  tempo: 'tracesUid',
};

/** Everything that an installation sees to, in the order in which it is made. Nothing is changed yet. */
export async function planInstall(grafana: GrafanaAdmin, wishes: InstallWishes): Promise<readonly Part[]> {
  await checkGrafana(grafana);
  await checkRights(grafana);
  const known = await grafana.get<KnownDataSource[]>('/api/datasources');
  const dataSources = Object.entries(settingsOfTypes).flatMap(([type, setting]) => {
    const uid = (chosenOf(known, type) ?? wishes.dataSources.find((one) => one.type === type))?.uid;
    return uid === undefined ? [] : [[setting, uid]];
  });
  const app = await appPart(grafana, {
    ...wishes.app,
    dataSources: Object.fromEntries(dataSources) as Record<string, string>,
  });
  return [
    ...dataSourceParts(grafana, known, wishes.dataSources),
    app,
    await folderPart(grafana),
    await dashboardPart(grafana),
    await accountPart(grafana, wishes.account),
  ];
}
