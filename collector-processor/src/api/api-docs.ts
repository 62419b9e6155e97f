import type { RouteTag } from './describe-route.ts';

/** The parts of an OpenAPI document that the reference shows. Read from JSON: everything may be absent. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly items?: Schema;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

interface Media {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
  readonly description?: string;
}

interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media>>;
}

export interface ApiDocument {
  readonly info: { readonly title: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const chapters: Readonly<Record<RouteTag, string>> = {
  findings: 'Findings and changes',
  feedback: 'Feedback, rules and shadow',
  coverage: 'Series and coverage',
  slos: 'Objectives and error budgets',
  forecasts: 'Forecasts',
  operation: 'Operation',
  tokens: 'Tokens',
};

const introduction = `<!-- Generated from the routes by "npm run docs". Do not edit. -->

The same as OpenAPI 3.1: \`/api/v1/openapi.json\`. Unknown parameters and fields are refused. A list is walked by sending the
\`nextCursor\` of a page as \`cursor\`, with the other parameters unchanged.

## Tokens and roles

Send \`Authorization: Bearer <token>\`. Roles are reader, responder, operator and admin; each may do all that those before it
may. \`sentinel tokens create\` makes a token; the first administrator's token is printed once, when the store is new.

- Without a token, or with a wrong one, the answer is 401. Behind Grafana's plugin proxy (the request carries \`X-Grafana-Id\` or
  \`X-Sentinel-Scope\`) it is 403 with the same code, because that proxy repeats a request that is answered 401.
- Behind that proxy a request may do the least of three things: what its token may; what \`X-Sentinel-Scope\` (\`read\`, \`respond\`,
  \`operate\`, \`admin\`), the fixed header of the proxy's route, says, without which nothing is answered; and what the person in
  the id token \`X-Grafana-Id\` may, when it is signed by the Grafana at \`api.grafana.url\`: a Viewer reads, an Editor is an
  operator, an Admin an admin. Without a person that is known it is to read. No header raises a role.
- A caller of Grafana can take headers away that its proxy adds. So a token that \`api.grafana.tokens\` names (\`grafana\`) always
  counts as that proxy.
- What is recorded says how its author is known: by a token of its own (\`token\`), by the id token (\`id_token\`), by headers that
  \`trust_proxy_identity\` lets count (\`proxy_headers\`), or not at all (\`nobody\`).
- A path with an empty, \`.\` or \`..\` segment (also after decoding), \`;\`, \`\\\`, or an escaped separator is answered 400 before it is
  routed.
- Other origins are not let in (no CORS).
`;

/** The reference in Markdown. */
export function renderApiDocs({ info, paths, components }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );
  const parts = [`# ${info.title}`, info.description, introduction.trimEnd()];
  for (const [tag, title] of Object.entries(chapters)) {
    parts.push(`## ${title}`);
    const inChapter = operations.filter(({ operation }) => operation.tags.includes(tag));
    for (const { name, operation } of inChapter) parts.push(`### ${name}`, ...operationParts(operation));
  }
  parts.push('## Schemas');
  for (const [name, schema] of Object.entries(components.schemas)) parts.push(`### ${name}`, ...schemaParts(schema));
  return `${parts.join('\n\n')}\n`;
}

function operationParts({ summary, description, parameters = [], requestBody, responses }: Operation): string[] {
  const fields = parameters.map((parameter) => {
    const { name, schema } = parameter;
    return field(`${name}\` (${parameter.in === 'path' ? 'path, ' : ''}`, {
      description: parameter.description ?? '',
      ...schema,
    });
  });
  const body = requestBody === undefined ? [] : [`Body: ${mediaText(requestBody)}.`];
  const successes = Object.entries(responses).filter(([status]) => status.startsWith('2') || status === '503');
  const answers = successes.map(([status, media]) => `${status} ${mediaText(media)}`.trim());
  return [`${summary}. ${description}`, fields.join('\n'), ...body, `Answers: ${answers.join(', ')}.`].filter(
    (part) => part !== '',
  );
}

function mediaText({ content = {}, description = '' }: Media): string {
  const [first] = Object.entries(content);
  if (first === undefined) return '';
  const [type, { schema = {} }] = first;
  return type === 'application/json' ? typeText(schema) : `\`${type}\`: ${description.replace(/\.$/, '')}`;
}

function schemaParts(schema: Schema): string[] {
  const { description, properties, required = [] } = schema;
  if (properties === undefined)
    return [[typeText(schema), description].filter((text) => text !== undefined).join('. ')];
  const fields = Object.entries(properties).map(([name, part]) =>
    field(`${name}\` (${required.includes(name) ? '' : 'optional, '}`, part),
  );
  return [...(description === undefined ? [] : [description]), fields.join('\n')];
}

function field(opening: string, schema: Schema): string {
  const { description = '' } = schema;
  return `- \`${opening}${typeText(schema)})${description === '' ? '' : `: ${description}`}`;
}

function typeText(schema: Schema): string {
  const { $ref, items, type = 'any' } = schema;
  if ($ref !== undefined) return linkTo($ref);
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (items !== undefined) return `list of ${typeText(items)}`;
  return `${typeof type === 'string' ? type : type.join(' or ')}${limitText(schema)}`;
}

function linkTo(ref: string): string {
  const name = ref.split('/').at(-1) ?? '';
  return `[${name}](#${name.toLowerCase()})`;
}

function limitText({ minimum, maximum, maxLength, pattern }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return ` ${String(minimum)} to ${String(maximum)}`;
  if (maxLength !== undefined) return ` of at most ${String(maxLength)} characters`;
  return pattern === undefined ? '' : ` like \`${pattern}\``;
}
