import { type Static, Type } from 'typebox';
import { closed, Texts } from '../../runtime/yaml/schema-parts.ts';

/** Sloth's files (github.com/slok/sloth): `prometheus/v1`, and the same for Kubernetes with its own spelling of names. */
const optionalText = Type.Optional(Type.String());

const alert = Type.Object(
  { disable: Type.Optional(Type.Boolean()), labels: Type.Optional(Texts), annotations: Type.Optional(Texts) },
  closed,
);
const alerting = { name: optionalText, labels: Type.Optional(Texts), annotations: Type.Optional(Texts) };
const slo = {
  name: Type.String({ minLength: 1 }),
  description: optionalText,
  objective: Type.Number(),
  labels: Type.Optional(Texts),
  plugins: Type.Optional(Type.Unknown()),
};
const plugin = Type.Optional(Type.Unknown());

const fileSlo = Type.Object(
  {
    ...slo,
    sli: Type.Object(
      {
        events: Type.Optional(Type.Object({ error_query: Type.String(), total_query: Type.String() }, closed)),
        raw: Type.Optional(Type.Object({ error_ratio_query: Type.String() }, closed)),
        plugin,
      },
      closed,
    ),
    alerting: Type.Optional(
      Type.Object({ ...alerting, page_alert: Type.Optional(alert), ticket_alert: Type.Optional(alert) }, closed),
    ),
  },
  closed,
);

const clusterSlo = Type.Object(
  {
    ...slo,
    sli: Type.Object(
      {
        events: Type.Optional(Type.Object({ errorQuery: Type.String(), totalQuery: Type.String() }, closed)),
        raw: Type.Optional(Type.Object({ errorRatioQuery: Type.String() }, closed)),
        plugin,
      },
      closed,
    ),
    alerting: Type.Optional(
      Type.Object({ ...alerting, pageAlert: Type.Optional(alert), ticketAlert: Type.Optional(alert) }, closed),
    ),
  },
  closed,
);

const service = { service: Type.String({ minLength: 1 }), labels: Type.Optional(Texts) };

export const slothFileSchema = Type.Object(
  {
    version: Type.Enum(['prometheus/v1']),
    ...service,
    slo_plugins: Type.Optional(Type.Unknown()),
    slos: Type.Array(fileSlo),
  },
  closed,
);

export const slothClusterSchema = Type.Object({
  apiVersion: Type.Enum(['sloth.slok.dev/v1']),
  kind: Type.Enum(['PrometheusServiceLevel']),
  metadata: Type.Object({}),
  spec: Type.Object({ ...service, sloPlugins: Type.Optional(Type.Unknown()), slos: Type.Array(clusterSlo) }, closed),
});

export type SlothFile = Static<typeof slothFileSchema>;
export type SlothCluster = Static<typeof slothClusterSchema>;
export type SlothAlert = Static<typeof alert>;
export type SlothFileSlo = Static<typeof fileSlo>;
export type SlothClusterSlo = Static<typeof clusterSlo>;
