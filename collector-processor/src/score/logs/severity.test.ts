import { expect, test } from '@jest/globals';
import { isBadNews, severityClass, severityClassOfText, severityNames } from './severity.ts';

test.each([
  [0, 'UNSPECIFIED'],
  [1, 'TRACE'],
  [4, 'TRACE'],
  [9, 'INFO'],
  [13, 'WARN'],
  [17, 'ERROR'],
  [24, 'FATAL'],
  [255, 'FATAL'],
])('number %d is %s', (number, name) => {
  expect(severityNames[severityClass(number)]).toBe(name);
});

test.each([
  ['Warning', 'WARN'],
  ['ERR', 'ERROR'],
  ['info', 'INFO'],
  ['critical', 'FATAL'],
  ['hello', 'UNSPECIFIED'],
])('text %s is %s', (text, name) => {
  expect(severityNames[severityClassOfText(text)]).toBe(name);
});

test('warnings and worse are bad news, and lines without a severity that sound like it', () => {
  expect(isBadNews(severityClass(13), 'cache is warm')).toBe(true);
  expect(isBadNews(severityClass(9), 'request failed')).toBe(false);
  expect(isBadNews(0, 'connection refused by peer')).toBe(true);
  expect(isBadNews(0, 'order shipped')).toBe(false);
});
