import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Page, pageQuery } from './page.ts';

export const ChangeKind = Type.Enum(['deploy', 'configuration', 'flag'], { type: 'string', title: 'ChangeKind' });
export type ChangeKind = Static<typeof ChangeKind>;

export const Change = Type.Object(
  {
    id: Type.String(),
    tenant: Type.String(),
    kind: ChangeKind,
    service: Type.String(),
    environment: Type.String(),
    timeMs: TimeMs('When it took effect'),
    from: Type.String({ description: 'Version or value before; empty when not known.' }),
    to: Type.String({ description: 'Version or value after.' }),
    source: Type.String({ description: '`resource`, or the name of the token that posted it.' }),
  },
  { title: 'Change', additionalProperties: false, description: 'A deploy, configuration or flag change.' },
);
export type Change = Immutable<Static<typeof Change>>;

const text = (description: string) => Type.String({ maxLength: 500, description });

export const ChangePost = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9._:-]{1,100}$',
        description: 'Chosen by the sender: posting it twice keeps one.',
      }),
    ),
    kind: ChangeKind,
    service: Type.String({ minLength: 1, maxLength: 500 }),
    to: Type.String({ minLength: 1, maxLength: 500, description: 'Version or value after.' }),
    from: Type.Optional(text('Version or value before.')),
    environment: Type.Optional(text('deployment.environment.name.')),
    tenant: Type.Optional(text('Empty for none.')),
    timeMs: Type.Optional(TimeMs('When it took effect; now when absent')),
  },
  { title: 'ChangePost', additionalProperties: false },
);
export type ChangePost = Immutable<Static<typeof ChangePost>>;

export const ChangeQuery = Type.Object(
  {
    tenant: Type.Optional(Type.String({ maxLength: 500 })),
    service: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 })),
    kind: Type.Optional(ChangeKind),
    from: Type.Optional(TimeMs('Changes at or after this')),
    to: Type.Optional(TimeMs('Changes before this')),
    ...pageQuery,
  },
  { additionalProperties: false },
);
export type ChangeQuery = Immutable<Static<typeof ChangeQuery>>;

export const ChangePage = Page(Change, 'ChangePage');
export type ChangePage = Immutable<Static<typeof ChangePage>>;
