import { describe, expect, test } from '@jest/globals';
import { annotationText } from './annotation-text.ts';
import { escapeHtml, shorten, singleLine } from './safe-text.ts';

const link = { path: '/a/sentinel-observability-app/incidents?service=cart&from=1&to=2', label: 'Open in Sentinel' };
const visible = (html: string) => html.replace(/&[#\w]+;/g, 'x');

describe('annotation text', () => {
  test('has further links while there is room for them, and details before them', () => {
    const links = [link, { path: `/x?${'y'.repeat(90)}`, label: 'Expected' }];
    expect(annotationText({ title: 'T', details: ['first'], links })).toMatch(
      /<br>first<br><a .*<\/a> <a .*>Expected<\/a>$/,
    );
    const full = annotationText({ title: 'T'.repeat(119), details: ['d'.repeat(120)], links });
    expect(full).toContain('ddd');
    expect(full).not.toContain('Expected');
  });

  test('has the title, the details and one link, line by line', () => {
    expect(
      annotationText({ title: 'Page: p95 of cart 2 s', details: ['Score 3.1', 'level shift'], links: [link] }),
    ).toBe(
      'Page: p95 of cart 2 s<br>Score 3.1<br>level shift<br>' +
        '<a href="/a/sentinel-observability-app/incidents?service=cart&amp;from=1&amp;to=2">Open in Sentinel</a>',
    );
  });

  test('cuts a long title at 120 characters', () => {
    const [title = ''] = annotationText({ title: 'x'.repeat(500), details: [], links: [link] }).split('<br>');
    expect(title).toHaveLength(120);
    expect(title.endsWith('…')).toBe(true);
  });

  test('leaves out the last details first when there is no room', () => {
    const text = annotationText({ title: 'T'.repeat(119), details: ['first', 'y'.repeat(200)], links: [link] });
    expect(text).toContain('first');
    expect(text).not.toContain('yyy');
  });

  test('never exceeds 400 characters and holds no markup but its own, whatever it is given', () => {
    const hostile = [
      '<script>alert(1)</script>',
      '"\'&<>',
      '&amp;',
      '\u0000\n\t',
      '\ud83d\ude00',
      '\u202e',
      'a',
      '</a>',
    ];
    let seed = 7;
    const next = (limit: number) => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    const phrase = () => Array.from({ length: next(90) }, () => hostile[next(hostile.length)] ?? '').join('');
    for (let round = 0; round < 2000; round++) {
      const text = annotationText({ title: phrase(), details: [phrase(), phrase()], links: [link] });
      expect(text.length).toBeLessThanOrEqual(400);
      const rest = text.replaceAll('<br>', '').replace(/<a href="[^"<>]*">Open in Sentinel<\/a>$/, '');
      expect(rest).not.toMatch(/[<>"']/);
      expect(visible(rest)).not.toContain('&');
    }
  });
});

describe('safe text', () => {
  test('escapes what HTML reads as markup', () => {
    expect(escapeHtml(`<img src="x" onerror='a&b'>`)).toBe('&lt;img src=&quot;x&quot; onerror=&#39;a&amp;b&#39;&gt;');
  });

  test('is one line without control characters and without marks that turn the direction', () => {
    expect(singleLine('a\r\nb\u0000c\u202egpj.exe\u2069 ')).toBe('a b cgpj.exe');
  });

  test('is never cut inside a character', () => {
    expect(shorten('😀😀😀', 2)).toBe('😀…');
    expect(shorten('abc', 3)).toBe('abc');
  });
});
