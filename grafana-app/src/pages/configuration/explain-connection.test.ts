import { expect, test } from '@jest/globals';
import { aStatus } from '../../testing/builders';
import { explainAnswer, explainFailure } from './explain-connection';
import { isOlder } from './oldest-sidecar';

const url = 'http://sentinel:8480';

test('a good answer names version, time, role and what is scored', () => {
  expect(explainAnswer(aStatus({ version: '1.4.2' }), 38.2)).toEqual({
    severity: 'success',
    title: 'Connected',
    text: 'Sidecar 1.4.2 answered in 38 ms with role admin. 4,212 series are scored.',
  });
});

test('a sidecar that is too old is named with both versions', () => {
  expect(explainAnswer(aStatus({ version: '0.0.9' }), 1)).toEqual({
    severity: 'error',
    title: 'Versions do not fit',
    text: 'The sidecar is 0.0.9, this app needs 0.1.0 or newer. Update the sidecar.',
  });
});

test.each([[{ product: 'other' }], ['<h1>It works</h1>'], [null], [undefined]])(
  '%j is not taken for a sidecar',
  (answer) => {
    expect(explainAnswer(answer, 1)).toMatchObject({ severity: 'error', title: 'This is not a Sentinel sidecar' });
  },
);

test.each([
  [{ kind: 'unreachable', status: 502, detail: '' } as const, url, `No answer from ${url}`],
  [
    { kind: 'unreachable', status: 502, detail: '' } as const,
    'https://sentinel',
    'No answer from https://sentinel, or its certificate is not trusted',
  ],
  [{ kind: 'token_refused', status: 401, detail: '' } as const, url, 'The token was refused'],
  [{ kind: 'refused', status: 403, detail: 'The scope is missing.' } as const, url, 'The sidecar refused'],
  [{ kind: 'not_found', status: 404, detail: '' } as const, url, 'This is not a Sentinel sidecar'],
  [{ kind: 'failed', status: 500, detail: 'oh' } as const, url, `No answer from ${url}`],
  [{ kind: 'failed', status: 405, detail: '' } as const, url, 'This is not a Sentinel sidecar'],
])('%j of %s becomes "%s"', (error, address, title) => {
  expect(explainFailure(error, address)).toMatchObject({ severity: 'error', title });
});

test('versions are compared by number, not by letter', () => {
  expect(isOlder('0.9.0', '0.10.0')).toBe(true);
  expect(isOlder('1.0.0', '0.10.0')).toBe(false);
  expect(isOlder('1.0.0', '1.0.0')).toBe(false);
});
