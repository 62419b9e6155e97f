import { expect, test } from '@jest/globals';
import { aStatus } from '../../testing/builders';
import { explainFailure, explainStatus, isOlder } from './explain-connection';

const url = 'http://sentinel:8480';

test('a good answer names version, time, role and what is scored', () => {
  expect(explainStatus(aStatus({ version: '1.4.2' }), 38.2)).toEqual({
    severity: 'success',
    title: 'Connected',
    text: 'Sidecar 1.4.2 answered in 38 ms with role admin. 4,212 series are scored.',
  });
});

test('a sidecar that is too old is named with both versions', () => {
  expect(explainStatus(aStatus({ version: '0.0.9' }), 1).title).toBe('Versions do not fit');
});

test('something else that answers is not taken for a sidecar', () => {
  const other = { ...aStatus(), product: 'other' } as unknown as ReturnType<typeof aStatus>;
  expect(explainStatus(other, 1).title).toBe('This is not a Sentinel sidecar');
});

test.each([
  [{ kind: 'unreachable', status: 502, detail: 'connection refused' } as const, `No answer from ${url}`],
  [
    { kind: 'unreachable', status: 502, detail: 'x509: certificate signed by unknown authority' } as const,
    'The certificate is not trusted',
  ],
  [{ kind: 'token_refused', status: 403, detail: '' } as const, 'The token was refused'],
  [{ kind: 'not_found', status: 404, detail: '' } as const, 'This is not a Sentinel sidecar'],
])('%j becomes "%s"', (error, title) => {
  expect(explainFailure(error, url)).toMatchObject({ severity: 'error', title });
});

test('versions are compared by number, not by letter', () => {
  expect(isOlder('0.9.0', '0.10.0')).toBe(true);
  expect(isOlder('1.0.0', '0.10.0')).toBe(false);
  expect(isOlder('1.0.0', '1.0.0')).toBe(false);
});
