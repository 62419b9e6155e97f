import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';

export const Role = Type.Enum(['reader', 'responder', 'operator', 'admin'], {
  type: 'string',
  title: 'Role',
  description: 'Each may do all that those before it may.',
});
export type Role = Static<typeof Role>;

export const Token = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    role: Role,
    createdAtMs: TimeMs('When it was made'),
    lastUsedAtMs: Type.Optional(TimeMs('Last use, exact to a minute')),
    expiresAtMs: Type.Optional(TimeMs('Refused from then on')),
    revokedAtMs: Type.Optional(TimeMs('Refused since')),
  },
  { title: 'Token', additionalProperties: false, description: 'A token of this API without its secret.' },
);
export type Token = Immutable<Static<typeof Token>>;

export const TokenPost = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    role: Role,
    expiresAtMs: Type.Optional(TimeMs('Refused from then on; never when absent')),
  },
  { title: 'TokenPost', additionalProperties: false },
);
export type TokenPost = Immutable<Static<typeof TokenPost>>;

export const CreatedToken = Type.Object(
  { token: Token, secret: Type.String({ description: 'Shown this once; only its hash is kept.' }) },
  { title: 'CreatedToken', additionalProperties: false },
);
export type CreatedToken = Immutable<Static<typeof CreatedToken>>;

export const TokenList = Type.Object(
  { items: Type.Array(Token) },
  { title: 'TokenList', additionalProperties: false, description: 'Newest first, revoked ones too.' },
);
export type TokenList = Immutable<Static<typeof TokenList>>;
