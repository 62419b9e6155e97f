import { expect, test } from '@jest/globals';
import { readTexts as read } from './testing/read-texts.ts';

test('what is no objective is named, with the forms that are', () => {
  expect(read('kind: Pod\napiVersion: v1\n').problems).toEqual([
    expect.objectContaining({
      file: 'a.yaml',
      line: 2,
      message: expect.stringContaining('no document with objectives'),
    }),
  ]);
  expect(read('- 1\n').problems).toHaveLength(1);
  expect(read('a: [\n').problems[0]).toMatchObject({ line: 2, remedy: expect.stringContaining('YAML') });
});

test('empty documents and files are nothing', () => {
  expect(read('', '---\n---\n')).toEqual({ objectives: [], problems: [] });
});

test('a name that is taken is refused with both places', () => {
  const text = 'version: sentinel/v1\nslos:\n  - { name: a, service: s, objective: 99, indicator: { requests: {} } }\n';
  expect(read(text, text).problems).toEqual([
    expect.objectContaining({ file: 'b.yaml', line: 3, message: 's has an SLO a already, in a.yaml:3.' }),
  ]);
});
