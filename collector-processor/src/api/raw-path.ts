/** Characters that no path of this API has, before or after decoding: separators of other programs, and control characters. */
const forbiddenCharacters = /[\\;\u0000-\u0020\u007f-\uffff]/;
/** Escapes that another program on the way could decode and take for a separator: / \ ; % and control characters. */
const forbiddenEscapes = /%(?:2f|5c|3b|25|[01][0-9a-f]|7f)/i;

/**
 * Whether a request target is refused unread. A proxy in front matches its access rules against the raw path; when it and
 * this server understand a path differently, a narrow rule is slipped past. So there is one spelling only: no empty and no dot
 * segment, no hidden separator, no second layer of encoding.
 */
export function isRefusedPath(target: string): boolean {
  const [path = ''] = target.split('?', 1);
  if (!path.startsWith('/') || path.includes('//') || path.includes('#')) return true;
  if (forbiddenCharacters.test(path) || forbiddenEscapes.test(path)) return true;
  const decoded = decode(path);
  return decoded?.split('/').some((segment) => segment === '.' || segment === '..') ?? true;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
