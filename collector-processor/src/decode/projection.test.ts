import { expect, test } from '@jest/globals';
import { spanAttributes } from '../model/columns.ts';
import { Projection } from './projection.ts';

function find(projection: Projection, name: string): number {
  const bytes = Buffer.from(`##${name}#`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return projection.find(view, 2, bytes.length - 1);
}

test('every name is found, and nothing else', () => {
  const projection = new Projection([...spanAttributes]);
  spanAttributes.forEach((name, index) => {
    expect(find(projection, name)).toBe(index);
    for (let at = 0; at < name.length; at++) {
      expect(find(projection, `${name.slice(0, at)}#${name.slice(at + 1)}`)).toBe(-1);
    }
    expect([find(projection, name.slice(0, -1)), find(projection, `${name}s`)]).toEqual([-1, -1]);
  });
});

test('names of one length and first letter are told apart', () => {
  const projection = new Projection(['abc', 'abd', 'aXc']);
  expect(['abc', 'abd', 'aXc', 'abe'].map((name) => find(projection, name))).toEqual([0, 1, 2, -1]);
});

test('the empty name is nobody, also when the settings name it', () => {
  expect(find(new Projection(['', 'a']), '')).toBe(-1);
});
