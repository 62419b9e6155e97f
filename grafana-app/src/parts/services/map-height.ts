/** Of the service map, px: Grafana's node graph does not shrink itself to the room it has. Known before the map is loaded. */
export function mapHeight(services: number): number {
  return services <= 4 ? 380 : services <= 12 ? 520 : 680;
}
