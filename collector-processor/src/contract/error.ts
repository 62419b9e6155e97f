import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';

export const ErrorCode = Type.Enum(
  [
    'invalid_request',
    'refused_path',
    'unauthenticated',
    'forbidden',
    'not_found',
    'invalid_configuration',
    'conflict',
    'too_large',
    'too_many_requests',
    'unavailable',
    'internal',
  ],
  { type: 'string', title: 'ErrorCode' },
);
export type ErrorCode = Static<typeof ErrorCode>;

export const ErrorReply = Type.Object(
  {
    error: Type.Object(
      {
        code: ErrorCode,
        message: Type.String({ description: 'A sentence.' }),
        field: Type.Optional(
          Type.String({ description: 'Path of the field that is wrong, for example `query/limit`.' }),
        ),
        remedy: Type.Optional(Type.String({ description: 'What to do about it.' })),
        requestId: Type.String({ description: "Also in the sidecar's log and in the header X-Request-Id." }),
      },
      { additionalProperties: false },
    ),
  },
  { title: 'ErrorReply', additionalProperties: false },
);
export type ErrorReply = Immutable<Static<typeof ErrorReply>>;
