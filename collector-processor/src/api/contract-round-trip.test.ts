import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import * as contract from '../contract/index.ts';
import { aChange, anAnomaly, findingId } from '../store/testing/builders.ts';
import { startApi, type TestApi } from './testing/api-server.ts';

const injection: contract.Injection = {
  id: 'i1',
  fault: 'latency',
  service: 'payment',
  startMs: 1,
  found: [
    {
      anomalyId: findingId(1),
      signal: 'traces',
      service: 'payment',
      direction: 'up',
      sentence: 'It rose.',
      delayMs: 2_100,
    },
  ],
};

let server: TestApi;
beforeAll(async () => {
  server = await startApi({ providers: { injections: () => [injection] } });
  const odd = anAnomaly({ expected: Number.NaN, lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY });
  await server.store.anomalies.record({ kind: 'opened', anomaly: odd });
  await server.store.changes.record(aChange());
});
afterAll(() => server.stop());

interface Document {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, unknown> }>>;
}

async function readDocument(): Promise<Document> {
  return (await (await server.ask('/api/v1/openapi.json', 'nobody')).json()) as Document;
}

/** What the document promises for a status, by the contract's name. */
function promisedSchema(document: Document, path: string, status: string): TSchema {
  const found = JSON.stringify(document.paths[path]?.['get']?.responses[status] ?? {});
  const [, name = ''] = /"\$ref":"#\/components\/schemas\/(\w+)"/.exec(found) ?? [];
  return (contract as unknown as Record<string, TSchema>)[name]!;
}

describe('what a route answers is what the contract and the document say', () => {
  test.each([
    ['/healthz', '/healthz'],
    ['/readyz', '/readyz'],
    ['/api/v1/status', '/api/v1/status'],
    ['/api/v1/anomalies', '/api/v1/anomalies?limit=1'],
    ['/api/v1/anomalies/{id}', `/api/v1/anomalies/${findingId(1)}`],
    ['/api/v1/series', '/api/v1/series?limit=9'],
    ['/api/v1/series/{id}/history', '/api/v1/series/00f1a2b3c4d5e6f7/history'],
    ['/api/v1/coverage', '/api/v1/coverage?limit=9'],
    ['/api/v1/pipeline', '/api/v1/pipeline'],
    ['/api/v1/changes', '/api/v1/changes'],
    ['/api/v1/injections', '/api/v1/injections'],
    ['/api/v1/tokens', '/api/v1/tokens'],
  ])('%s', async (pattern, path) => {
    const schema = promisedSchema(await readDocument(), pattern, '200');
    const answer: unknown = await (await server.ask(path, 'admin')).json();
    expect([...Compile(schema).Errors(answer)]).toEqual([]);
  });

  test.each([
    ['/api/v1/anomalies', '/api/v1/anomalies?limit=x', 400],
    ['/api/v1/anomalies/{id}', '/api/v1/anomalies/x', 404],
    ['/api/v1/tokens', '/api/v1/tokens', 403],
  ])('%s, refused', async (pattern, path, status) => {
    const schema = promisedSchema(await readDocument(), pattern, '4XX');
    const response = await server.ask(path, 'reader');
    expect(response.status).toBe(status);
    expect([...Compile(schema).Errors(await response.json())]).toEqual([]);
  });
});

test('the document is OpenAPI 3.1 with the names of the contract, and optional parameters are optional', async () => {
  const document = (await readDocument()) as unknown as {
    openapi: string;
    components: { schemas: Record<string, unknown> };
    paths: { '/api/v1/anomalies': { get: { parameters: { name: string; required: boolean }[] } } };
  };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.components.schemas)).toEqual(
    expect.arrayContaining(['Anomaly', 'AnomalyPage', 'ErrorReply', 'Series']),
  );
  expect(Object.keys(document.components.schemas).filter((name) => name.startsWith('def-'))).toEqual([]);
  expect(document.components.schemas['Anomaly']).toMatchObject({
    properties: { series: { $ref: '#/components/schemas/Series' } },
  });
  expect(document.paths['/api/v1/anomalies'].get.parameters.filter(({ required }) => required)).toEqual([]);
});

test('titles in the contract are unique, and each is the name of its export', () => {
  const titled = Object.entries(contract).flatMap(([name, schema]) => {
    const { title } = schema as { title?: string };
    return title === undefined ? [] : [[name, title]];
  });
  expect(titled.length).toBeGreaterThan(30);
  for (const [name, title] of titled) expect(title).toBe(name);
});
