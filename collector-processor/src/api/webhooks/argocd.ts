import { type Static, Type } from 'typebox';
import { firstOf, type Given, pastOf, type Told } from './told.ts';

const text = Type.Optional(Type.String({ maxLength: 10_000 }));

/** An Application of Argo CD, as a template of its notifications writes it: `{"app": {{toJson .app}}}`. */
export const ArgocdWebhook = Type.Object(
  {
    app: Type.Object({
      metadata: Type.Object({
        name: Type.String({ minLength: 1, maxLength: 500 }),
        labels: Type.Optional(Type.Record(Type.String(), Type.String())),
      }),
      status: Type.Optional(
        Type.Object({
          operationState: Type.Optional(
            Type.Object({
              phase: text,
              finishedAt: text,
              syncResult: Type.Optional(Type.Object({ revision: text })),
            }),
          ),
          history: Type.Optional(Type.Array(Type.Object({ revision: text }), { maxItems: 1000 })),
        }),
      ),
    }),
  },
  { title: 'ArgocdWebhook', description: 'Body of a notification: `{"app": {{toJson .app}}}`.' },
);

const REVISION_DIGITS = 12;

/** A sync that succeeded is a deploy of the application, or of the service that its labels or the address name. */
export function readArgocd({ app: { metadata, status } }: Static<typeof ArgocdWebhook>, given: Given): Told {
  const { phase = 'not said', finishedAt, revision } = operationOf(status);
  const why = whyNothing(phase, revision);
  if (why !== undefined) return { alerts: [], changes: [], ignored: [why] };
  const before = (status?.history ?? []).findLast((one) => one.revision !== revision)?.revision ?? '';
  const { name, labels } = metadata;
  const change = {
    id: `argocd-${name}-${revision}`.replace(/[^\w.:-]/g, '_').slice(0, 100),
    kind: 'deploy',
    service: firstOf(given.service, labels?.['app.kubernetes.io/name'], name),
    environment: given.environment,
    timeMs: pastOf(finishedAt, given),
    from: before.slice(0, REVISION_DIGITS),
    to: revision.slice(0, REVISION_DIGITS),
  } as const;
  return { alerts: [], changes: [change], ignored: [] };
}

type Status = Static<typeof ArgocdWebhook>['app']['status'];

function operationOf(status: Status) {
  const operation = status?.operationState;
  return {
    phase: operation?.phase,
    finishedAt: operation?.finishedAt,
    revision: operation?.syncResult?.revision ?? '',
  };
}

function whyNothing(phase: string, revision: string): string | undefined {
  if (phase !== 'Succeeded') return `A sync whose phase is ${phase} has changed nothing yet.`;
  return revision === '' ? 'It says no revision.' : undefined;
}
