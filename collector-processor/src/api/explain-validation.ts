import type { FastifyError } from 'fastify';
import type { Refusal } from './error-reply.ts';

type Fault = NonNullable<FastifyError['validation']>[number];

const places: Readonly<Record<string, string>> = {
  querystring: 'query',
  params: 'path',
  body: 'body',
  headers: 'headers',
};

/** Names the field and what is wrong with it. */
export function explainValidation({ validation, validationContext = 'body' }: FastifyError): Refusal {
  const place = places[validationContext] ?? 'request';
  const [fault] = validation ?? [];
  if (fault === undefined) return { code: 'invalid_request', message: `The ${place} is wrong.` };
  const { instancePath, params, message = 'is wrong' } = fault;
  const field = [place + instancePath, ...namesIn(params)].join('/');
  return { code: 'invalid_request', field, ...explainFault(field, params, message) };
}

/** The field that is too much or missing is not part of the path: it is named beside it. */
function namesIn({ additionalProperty, missingProperty }: Fault['params']): string[] {
  return [additionalProperty, missingProperty].filter((name) => typeof name === 'string');
}

function explainFault(field: string, params: Fault['params'], message: string): Pick<Refusal, 'message' | 'remedy'> {
  const { additionalProperty, missingProperty, allowedValues } = params;
  if (additionalProperty !== undefined) {
    return {
      message: `${field} is not known.`,
      remedy: 'Remove it, or look for its right name in /api/v1/openapi.json.',
    };
  }
  if (missingProperty !== undefined) return { message: `${field} is missing.` };
  if (Array.isArray(allowedValues))
    return { message: `${field} must be one of ${allowedValues.map(String).join(', ')}.` };
  return { message: `${field} ${message}.` };
}
