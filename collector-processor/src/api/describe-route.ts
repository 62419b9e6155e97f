import { Type, type TSchema } from 'typebox';
import { ErrorReply } from '../contract/error.ts';
import type { Role } from '../contract/token.ts';
import { withReferences } from './named-schemas.ts';

/** Chapter of the reference. */
export type RouteTag = 'findings' | 'feedback' | 'coverage' | 'forecasts' | 'slos' | 'operation' | 'tokens';

interface RouteDescription<Query extends TSchema, Params extends TSchema, Body extends TSchema> {
  readonly summary: string;
  readonly description?: string;
  readonly tag: RouteTag;
  /** Who may call it; readers when absent. */
  readonly role?: Role | 'public';
  readonly query?: Query;
  readonly params?: Params;
  readonly body?: Body;
  /** Status and body of success. */
  readonly answers: Readonly<Record<number, TSchema>>;
  readonly mediaType?: string;
}

/** Nothing may be sent. */
const nothing = Type.Object({}, { additionalProperties: false });

/**
 * What a route takes, gives and asks for: validation, document and access in one place. Unknown query parameters and fields
 * are refused, so that a typing error is no silent loss of a filter.
 */
export function describeRoute<
  Query extends TSchema = typeof nothing,
  Params extends TSchema = typeof nothing,
  Body extends TSchema = typeof nothing,
>(route: RouteDescription<Query, Params, Body>) {
  const { summary, description, tag, role = 'reader', query, params, body, answers, mediaType } = route;
  const response: Record<string, object> = { '4xx': withReferences(ErrorReply), '5xx': withReferences(ErrorReply) };
  for (const [status, schema] of Object.entries(answers)) response[status] = answerOf(schema, mediaType);
  // Without a body there is no such key; the type says otherwise, so that handlers see the type of the one they have.
  const bodyPart = (body === undefined ? {} : { body: withReferences(body) }) as { body: Body };
  return {
    config: { role },
    schema: {
      summary,
      description: [description, role === 'public' ? 'No token is needed.' : `Role: ${role}.`].filter(isText).join(' '),
      tags: [tag],
      security: role === 'public' ? [] : [{ token: [] }],
      querystring: (query ?? nothing) as Query,
      params: (params ?? nothing) as Params,
      ...bodyPart,
      response,
    },
  };
}

function isText(text: string | undefined): text is string {
  return text !== undefined;
}

function answerOf(schema: TSchema & { readonly description?: string }, mediaType: string | undefined): object {
  const referring = withReferences(schema);
  if (mediaType === undefined) return referring;
  return { description: schema.description, content: { [mediaType]: { schema: referring } } };
}
