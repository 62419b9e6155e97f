import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Modules of the page in the order of their use; joined into one script, in which they share one scope. */
const modules = ['format', 'state', 'element', 'read', 'findings', 'pipeline', 'coverage', 'trials', 'main'];

export interface StatusPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

/** One self-contained page. The policy names the hashes of its script and style, so that nothing else runs, from anywhere. */
export function statusPage(): StatusPage {
  const style = asset('page.css');
  const script = `'use strict';\n(() => {\n${modules.map((name) => asPart(asset(`${name}.js`))).join('\n')}\n})();\n`;
  // The hash is of every character between the tags.
  const html = asset('page.html')
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`);
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return { html, contentSecurityPolicy: policy.join('; ') };
}

/** Imports and exports fall away: the parts see one another. */
function asPart(source: string): string {
  return source.replace(/^import [^;]*;\n/gm, '').replace(/^export /gm, '');
}

function asset(name: string): string {
  return readFileSync(join(import.meta.dirname, 'assets', name), 'utf8');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
