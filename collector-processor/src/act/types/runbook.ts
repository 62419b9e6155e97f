import { Type } from 'typebox';
import { closed } from '../../runtime/yaml/schema-parts.ts';
import { part } from '../../runtime/yaml/understood.ts';
import { fillIn } from '../catalogue/fill-in.ts';
import type { ActionType } from './action-type.ts';

const schema = Type.Object(
  {
    url: Type.Optional(
      Type.String({ pattern: '^https?://', description: 'Write an address that begins with https://.' }),
    ),
    text: Type.Optional(Type.String({ minLength: 1 })),
  },
  closed,
);

/** A human step: it is shown, and done as soon as it is. */
export const runbook: ActionType<typeof schema> = {
  schema,
  make({ url = '', text = 'Follow the runbook.' }) {
    return part((order) => {
      const where = fillIn(url, order, encodeURIComponent);
      const what = fillIn(text, order, (value) => value);
      return Promise.resolve({ kind: 'done', summary: where === '' ? what : `${what} ${where}` });
    });
  },
};
