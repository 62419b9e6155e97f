/** `anomalies 12, changes 3` */
export function describeRows(counts: Readonly<Record<string, number>>): string {
  const filled = Object.entries(counts).filter(([, count]) => count > 0);
  return filled.length === 0 ? 'no rows' : filled.map(([table, count]) => `${table} ${count}`).join(', ');
}
