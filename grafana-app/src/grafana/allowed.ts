import { hasPermission } from '@grafana/runtime';
import { permissions } from './permissions';

// What somebody may do beyond reading: apart from the other permissions, because those are loaded with every page of Grafana.

export function canWorkOnIncidents(): boolean {
  return hasPermission(permissions.writeIncidents);
}

export function canGiveFeedback(): boolean {
  return hasPermission(permissions.giveFeedback);
}

export function canChangeDetection(): boolean {
  return hasPermission(permissions.changeDetection);
}

export function canExplore(): boolean {
  return hasPermission('datasources:explore');
}
