import { PLUGIN_ID } from './settings';

/** Addresses of the app's pages; the words are those of the menu. */
export const appPath = `/a/${PLUGIN_ID}`;
export const incidentsPath = `${appPath}/incidents`;
export const anomaliesPath = `${appPath}/anomalies`;
export const slosPath = `${appPath}/slos`;
export const coveragePath = `${appPath}/detection`;
export const tuningPath = `${coveragePath}/tuning`;
export const shadowPath = `${coveragePath}/shadow`;
export const drillsPath = `${coveragePath}/drills`;
export const configurationPath = `/plugins/${PLUGIN_ID}`;

export function incidentPath(id: string): string {
  return `${incidentsPath}/${encodeURIComponent(id)}`;
}

export function sloPath(id: string): string {
  return `${slosPath}/${encodeURIComponent(id)}`;
}
