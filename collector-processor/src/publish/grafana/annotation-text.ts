import { escapeHtml, shorten, singleLine } from './safe-text.ts';

const MAX_TITLE_LENGTH = 120;
const MAX_TEXT_LENGTH = 400;
const LINE_BREAK = '<br>';

interface TextParts {
  /** Plain text; all of it may come from telemetry. */
  readonly title: string;
  /** Plain text, the most telling first; the last ones are left out when there is no room. */
  readonly details: readonly string[];
  /** Into the app. */
  readonly link: { readonly path: string; readonly label: string };
}

/** HTML for Grafana's tooltip, which collapses newlines and knows no Markdown: at most 400 characters with all markup. */
export function annotationText({ title, details, link }: TextParts): string {
  const anchor = `<a href="${escapeHtml(link.path)}">${escapeHtml(link.label)}</a>`;
  const plainTitle = singleLine(title);
  const plainDetails = details.map(singleLine).filter((line) => line !== '');
  for (let kept = plainDetails.length; kept >= 0; kept--) {
    const text = compose(shorten(plainTitle, MAX_TITLE_LENGTH), plainDetails.slice(0, kept), anchor);
    if (text.length <= MAX_TEXT_LENGTH) return text;
  }
  for (let length = MAX_TITLE_LENGTH - 1; length > 0; length--) {
    const text = compose(shorten(plainTitle, length), [], anchor);
    if (text.length <= MAX_TEXT_LENGTH) return text;
  }
  return anchor;
}

function compose(title: string, details: readonly string[], anchor: string): string {
  return [...[title, ...details].map(escapeHtml), anchor].join(LINE_BREAK);
}
