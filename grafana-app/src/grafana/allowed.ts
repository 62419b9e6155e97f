import { hasPermission } from '@grafana/runtime';
import { PLUGIN_ID } from '../app/settings';

/** The other actions: apart from those of `permissions`, because those are loaded with every page of Grafana. */
export const morePermissions = {
  writeIncidents: `${PLUGIN_ID}.incidents:write`,
  readSlos: `${PLUGIN_ID}.slos:read`,
  correctSlos: `${PLUGIN_ID}.corrections:write`,
  giveFeedback: `${PLUGIN_ID}.feedback:write`,
  changeDetection: `${PLUGIN_ID}.detection:write`,
} as const;

export function canCorrectSlos(): boolean {
  return hasPermission(morePermissions.correctSlos);
}

export function canWorkOnIncidents(): boolean {
  return hasPermission(morePermissions.writeIncidents);
}

export function canGiveFeedback(): boolean {
  return hasPermission(morePermissions.giveFeedback);
}

export function canChangeDetection(): boolean {
  return hasPermission(morePermissions.changeDetection);
}

export function canExplore(): boolean {
  return hasPermission('datasources:explore');
}
