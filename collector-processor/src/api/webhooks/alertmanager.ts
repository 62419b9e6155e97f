import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
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
      { maxItems: 1000 },
    ),
  },
  { title: 'AlertmanagerWebhook', description: 'As Alertmanager and Grafana send it (version 4).' },
);

const SERVICE_LABELS = ['service_name', 'service', 'app', 'job'] as const;

/** Alerts by their fingerprint, else by their labels: firing again and ending are about the same one. */
export function readAlerts({ alerts }: Static<typeof AlertmanagerWebhook>, given: Given): Told {
  const told = alerts.map(({ status, labels: own, startsAt, endsAt, fingerprint }) => {
    const startMs = timeOf(startsAt) ?? given.nowMs;
    const end = status === 'resolved' ? { endMs: Math.max(startMs, timeOf(endsAt) ?? given.nowMs) } : {};
    return {
      id: `alert:${firstOf(fingerprint, hashOf(own))}`,
      name: firstOf(own.alertname, 'alert'),
      service: firstOf(...SERVICE_LABELS.map((name) => own[name]), given.service),
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
