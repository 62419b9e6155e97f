import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import type { Severity } from '../../model/incident.ts';
import { firstOf, type Given, timeOf, type Told } from './told.ts';

const labels = Type.Record(Type.String({ maxLength: 500 }), Type.String({ maxLength: 10_000 }));

/** The webhook of Alertmanager, version 4, which Grafana's contact points send too. Other fields are let pass. */
export const AlertmanagerWebhook = Type.Object(
  {
    alerts: Type.Array(
      Type.Object({
        status: Type.Enum(['firing', 'resolved'], { type: 'string' }),
        labels,
        startsAt: Type.Optional(Type.String({ maxLength: 100 })),
        endsAt: Type.Optional(Type.String({ maxLength: 100 })),
        fingerprint: Type.Optional(Type.String({ maxLength: 200 })),
      }),
    ),
  },
  { title: 'AlertmanagerWebhook', description: 'As Alertmanager and Grafana send it (version 4).' },
);

const SERVICE_LABELS = ['service_name', 'service', 'app', 'job'] as const;
const ENVIRONMENT_LABELS = ['deployment_environment_name', 'environment', 'env'] as const;

/** What people write into the label `severity` or `priority`, where it says more than that somebody should look. */
const severities = new Map<string, Severity>([
  ...['critical', 'page', 'emergency', 'p1', 'sev1'].map((word) => [word, 'critical'] as const),
  ...['error', 'major', 'high', 'p2', 'sev2'].map((word) => [word, 'major'] as const),
]);

/** Alerts by their fingerprint, else by their labels: firing again and ending are about the same one. */
export function readAlerts({ alerts }: Static<typeof AlertmanagerWebhook>, given: Given): Told {
  const told = alerts.map(({ status, labels: own, startsAt, endsAt, fingerprint }) => {
    const startMs = timeOf(startsAt) ?? given.nowMs;
    const end = status === 'resolved' ? { endMs: Math.max(startMs, timeOf(endsAt) ?? given.nowMs) } : {};
    const environment = firstOf(...ENVIRONMENT_LABELS.map((name) => own[name]), given.environment);
    const severity = severities.get(firstOf(own.severity, own.priority).toLowerCase());
    return {
      id: `alert:${firstOf(fingerprint, hashOf(own))}`,
      name: firstOf(own.alertname, 'alert'),
      service: firstOf(...SERVICE_LABELS.map((name) => own[name]), given.service),
      ...(environment === '' ? {} : { environment }),
      ...(severity === undefined ? {} : { severity }),
      startMs,
      ...end,
    };
  });
  const alertsOfServices = told.filter(({ service }) => service !== '');
  const ignored = told
    .filter(({ service }) => service === '')
    .map(
      ({ name }) => `${name} names no service: give it a label ${SERVICE_LABELS.join(', ')}, or the address ?service=.`,
    );
  return { alerts: alertsOfServices, changes: [], ignored };
}

function hashOf(own: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(own).sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
