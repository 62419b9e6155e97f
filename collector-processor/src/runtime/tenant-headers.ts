/** The request headers that stand for a tenant when Sentinel sends telemetry of its own: the first allow-listed one. */
export function createTenantHeaders(tenantHeaders: readonly string[]) {
  const name = tenantHeaders[0]?.toLowerCase();
  return (tenant: string): Readonly<Record<string, string>> =>
    name === undefined || tenant === '' ? {} : { [name]: tenant };
}
