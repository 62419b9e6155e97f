import { expect, test } from '@jest/globals';
import { annotationTags } from './annotation-tags.ts';

const key = 'region:0123abcd-121';
const fixed = ['sentinel:incident', 'severity:minor'];

test('tags hold the service as dashboards filter for it, and the key last', () => {
  expect(annotationTags(fixed, ['check out/ä'], key)).toEqual([...fixed, 'service:check out/ä', key]);
});

test.each([
  ['ascii', 'x'.repeat(500)],
  ['wide characters', '服'.repeat(500)],
  ['quotes', '"'.repeat(500)],
])('the JSON of all tags stays within 200 bytes: %s', (_name, service) => {
  const tags = annotationTags(fixed, [service, service], key);
  expect(Buffer.byteLength(JSON.stringify(tags))).toBeLessThanOrEqual(200);
  expect(tags).toHaveLength(4);
  expect(tags.at(-1)).toBe(key);
});

test('no service, no service tag', () => {
  expect(annotationTags(fixed, [' '], key)).toEqual([...fixed, key]);
});

test('a name that could be read as markup is made harmless', () => {
  expect(annotationTags([], ['<img src=x>'], key)[0]).toBe('service:_img src=x_');
});

test('further services are named as long as all fit whole', () => {
  const long = 'x'.repeat(58);
  expect(annotationTags(fixed, ['cart', long, long], key)).toEqual([...fixed, 'service:cart', `service:${long}`, key]);
});
