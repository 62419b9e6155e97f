import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';

export const WebhookQuery = Type.Object(
  {
    tenant: Type.Optional(Type.String({ maxLength: 500 })),
    service: Type.Optional(Type.String({ maxLength: 500, description: 'Of what the body names none for.' })),
    environment: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);

export const WebhookReceipt = Type.Object(
  {
    alerts: Type.Integer({ minimum: 0, description: 'Taken, firing or ended.' }),
    changes: Type.Integer({ minimum: 0, description: 'That were not known yet.' }),
    ignored: Type.Array(Type.String(), { description: 'What tells nothing, and why.' }),
  },
  { title: 'WebhookReceipt', additionalProperties: false },
);
export type WebhookReceipt = Immutable<Static<typeof WebhookReceipt>>;
