import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';

export const Reloaded = Type.Object(
  {
    restartNeeded: Type.Array(Type.String(), {
      description: 'Changed settings that take effect after a restart only.',
    }),
    notes: Type.Array(Type.String(), { description: 'What else its effects are, such as learning that starts again.' }),
  },
  { title: 'Reloaded', additionalProperties: false, description: 'The configuration was read again and is in use.' },
);
export type Reloaded = Immutable<Static<typeof Reloaded>>;
