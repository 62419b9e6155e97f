import { escapeHtml, shorten, singleLine } from './safe-text.ts';

const MAX_TITLE_LENGTH = 120;
const MAX_TEXT_LENGTH = 400;
const LINE_BREAK = '<br>';

interface Link {
  readonly path: string;
  readonly label: string;
}

interface TextParts {
  /** Plain text; all of it may come from telemetry. */
  readonly title: string;
  /** Plain text, the most telling first; the last ones are left out when there is no room. */
  readonly details: readonly string[];
  /** Into the app, the most important first; further ones go before details do. */
  readonly links: readonly Link[];
}

/** HTML for Grafana's tooltip, which collapses newlines and knows no Markdown: at most 400 characters with all markup. */
export function annotationText({ title, details, links }: TextParts): string {
  const anchors = links.map(({ path, label }) => `<a href="${escapeHtml(path)}">${escapeHtml(label)}</a>`);
  const plainTitle = singleLine(title);
  const lines = details.map(singleLine).filter((line) => line !== '');
  const short = shorten(plainTitle, MAX_TITLE_LENGTH);
  for (let kept = anchors.length; kept > 1; kept--) {
    const text = compose(short, lines, anchors.slice(0, kept));
    if (text.length <= MAX_TEXT_LENGTH) return text;
  }
  const first = anchors.slice(0, 1);
  for (let kept = lines.length; kept >= 0; kept--) {
    const text = compose(short, lines.slice(0, kept), first);
    if (text.length <= MAX_TEXT_LENGTH) return text;
  }
  for (let length = MAX_TITLE_LENGTH - 1; length > 0; length--) {
    const text = compose(shorten(plainTitle, length), [], first);
    if (text.length <= MAX_TEXT_LENGTH) return text;
  }
  return first.join('');
}

function compose(title: string, details: readonly string[], anchors: readonly string[]): string {
  return [...[title, ...details].map(escapeHtml), anchors.join(' ')].join(LINE_BREAK);
}
