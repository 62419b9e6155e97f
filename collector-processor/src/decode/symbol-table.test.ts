import { describe, expect, test } from '@jest/globals';
import { ABSENT, OVERFLOW } from '../model/symbols.ts';
import { SymbolTable } from './symbol-table.ts';

function createTable(maxSymbols = 1000, maxSymbolLength = 100): SymbolTable {
  return new SymbolTable({ maxSymbols, maxSymbolLength });
}

function internAt(table: SymbolTable, text: string, padding: number): number {
  const bytes = Buffer.from(`${'#'.repeat(padding)}${text}##`);
  return table.internBytes(bytes, padding, bytes.length - 2);
}

test('the same text has one number wherever it stands', () => {
  const table = createTable();
  const first = table.intern('GET /cart');
  expect([internAt(table, 'GET /cart', 1), internAt(table, 'GET /cart', 7)]).toEqual([first, first]);
  expect(table.text(first)).toBe('GET /cart');
  expect(table.size).toBe(1);
});

test('the empty text is absent', () => {
  const table = createTable();
  expect(table.intern('')).toBe(ABSENT);
  expect(table.text(ABSENT)).toBe('');
});

test('texts of every length and of one differing byte are told apart', () => {
  const table = createTable();
  const texts: string[] = [];
  for (let length = 1; length < 40; length++) {
    for (let at = 0; at < length; at += 3) texts.push('a'.repeat(at) + 'b' + 'a'.repeat(length - at - 1));
  }
  const ids = texts.map((text) => table.intern(text));
  expect(new Set(ids).size).toBe(texts.length);
  expect(ids.map((id) => table.text(id))).toEqual(texts);
  expect(texts.map((text) => table.intern(text))).toEqual(ids);
});

test('many texts outgrow the first arena', () => {
  const table = createTable(5000);
  const texts = Array.from({ length: 5000 }, (_, i) => `${i} ${'x'.repeat(40)} é`);
  const ids = texts.map((text) => table.intern(text));
  expect(ids.map((id) => table.text(id))).toEqual(texts);
  expect(table.overflowed).toBe(0);
});

test('broken UTF-8 and a byte order mark keep texts apart', () => {
  const table = createTable();
  const broken = table.internBytes(Buffer.from([0xff, 0xfe]), 0, 2);
  expect(table.text(broken)).toBe('\u{FFFD}\u{FFFD}');
  expect(table.text(table.intern('\u{FEFF}a'))).toBe('\u{FEFF}a');
  expect(table.intern('\u{FEFF}a')).not.toBe(table.intern('a'));
});

describe('when it is full', () => {
  test('new texts are "(other)" and counted, known ones are still found', () => {
    const table = createTable(2);
    const [a, b, c] = ['a', 'b', 'c'].map((text) => table.intern(text));
    expect([c, table.intern('a'), table.intern('b')]).toEqual([OVERFLOW, a, b]);
    expect([table.text(OVERFLOW), table.size, table.overflowed]).toEqual(['(other)', 2, 1]);
  });

  test('free texts leave a quarter of the room to others', () => {
    const table = createTable(8);
    const bytes = Buffer.from('abcdefghij');
    const ids = Array.from({ length: 8 }, (_, i) => table.internFree(bytes, i, i + 1));
    expect(ids.filter((id) => id === OVERFLOW)).toHaveLength(2);
    expect(table.intern('metric')).not.toBe(OVERFLOW);
    expect(table.internFree(bytes, 0, 1)).toBe(ids[0]);
  });
});

describe('before a request', () => {
  test('that finds little room a new generation begins, with all of it', () => {
    const table = createTable(32);
    const old = Array.from({ length: 22 }, (_, i) => table.intern(`old ${i}`));
    table.begin();
    expect([table.generation, table.size]).toEqual([1, 0]);
    const texts = Array.from({ length: 32 }, (_, i) => `new ${i}`);
    const ids = texts.map((text) => table.intern(text));
    expect(ids.map((id) => table.text(id))).toEqual(texts);
    expect(ids).toEqual(expect.arrayContaining(old));
    expect(table.overflowed).toBe(0);
  });

  test('that finds room everything stays', () => {
    const table = createTable(32);
    const known = table.intern('known');
    table.begin();
    expect([table.generation, table.intern('known')]).toEqual([0, known]);
  });
});

test('texts that are too long are "(other)"', () => {
  const table = createTable(10, 5);
  expect(table.intern('12345')).not.toBe(OVERFLOW);
  expect(table.intern('123456')).toBe(OVERFLOW);
  expect(table.overflowed).toBe(1);
});

test('a number that was never given is "(other)"', () => {
  expect(createTable().text(77)).toBe('(other)');
});
