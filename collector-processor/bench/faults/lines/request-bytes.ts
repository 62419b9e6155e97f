import { logRecord } from '../../../src/testing/telemetry-builder-items.ts';
import { logsBytes } from '../../../src/testing/telemetry-builder.ts';

type Line = NonNullable<Parameters<typeof logRecord>[0]> & { readonly timeMs: number };

/** The lines of a service in the order of their time, as one export request of its instance after so many deploys. */
export function requestBytes(service: string, deploys: number, lines: readonly Line[]): Uint8Array {
  const resource = {
    'service.name': service,
    'service.namespace': 'writers',
    'service.version': `3.${deploys}.0`,
    'service.instance.id': `${service}-${deploys}`,
    'deployment.environment.name': 'production',
  };
  return logsBytes(lines.toSorted((a, b) => a.timeMs - b.timeMs).map(logRecord), { resource });
}
