import { hasPermission } from '@grafana/runtime';
import { PLUGIN_ID } from '../app/settings';

/** Actions that the roles in plugin.json hand out, of pages that links of other pages lead to. */
export const permissions = {
  readIncidents: `${PLUGIN_ID}.incidents:read`,
  readDetection: `${PLUGIN_ID}.detection:read`,
} as const;

/** Grafana guards the exact paths of its menu only, so pages ask for themselves. The server decides; this explains. */
export function canReadIncidents(): boolean {
  return hasPermission(permissions.readIncidents);
}

export function canReadDetection(): boolean {
  return hasPermission(permissions.readDetection);
}
