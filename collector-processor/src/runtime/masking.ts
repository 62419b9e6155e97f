/**
 * Takes private data out of text that leaves in findings, annotations and bundles (design rule 9); originals stay in the
 * stores that already hold them. Every pattern has bounded repeats, so the cost is linear in the length of the text, and
 * masking twice changes nothing more.
 */
import { messageOf, SentinelError } from './errors.ts';

export type Mask = (text: string) => string;

/** Longer text is cut before it is looked at. */
const MAX_LENGTH = 8192;

type Rule = (text: string) => string;

function replace(pattern: RegExp, replacement: string): Rule {
  return (text) => text.replace(pattern, replacement);
}

const secretName =
  '(?:password|passwd|pwd|passphrase|secret|client_secret|token|access_token|api[_-]?key|access[_-]?key)';

const rules: readonly Rule[] = [
  replace(/-----BEGIN [A-Z ]{1,40}KEY-----[\s\S]{0,8192}?(?:-----END [A-Z ]{1,40}KEY-----|$)/g, '[key]'),
  replace(/(:\/\/[^\s/:@]{1,128}):[^\s/@]{1,256}@/g, '$1:[secret]@'),
  replace(/\b(Bearer|Basic)\s{1,4}[\w.~+/=-]{8,4096}/gi, '$1 [token]'),
  replace(/\beyJ[\w-]{8,2048}\.[\w-]{8,4096}(?:\.[\w-]{0,2048})?/g, '[token]'),
  replace(/\b(?:gh[pousr]_|github_pat_|glpat-|glsa_|xox[abprs]-|[sr]k_(?:live|test)_|sk-)[\w-]{16,255}/g, '[key]'),
  replace(/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}/g, '[key]'),
  replace(new RegExp(`(${secretName}["']?\\s{0,4}[:=]\\s{0,4})["']?[^\\s"',;&]{1,1024}["']?`, 'gi'), '$1[secret]'),
  replace(/[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '[email]'),
  (text) =>
    text.replace(/(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w.])/g, (digits) => (isCardNumber(digits) ? '[card]' : digits)),
];

/** `extraPatterns` are regular expressions from the settings; what they match becomes `[masked]`. */
export function createMask(extraPatterns: readonly string[]): Mask {
  const all = [...rules, ...extraPatterns.map(extraRule)];
  return (text) => {
    const bounded = text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text;
    return all.reduce((masked, rule) => rule(masked), bounded);
  };
}

/** Why a pattern of the settings cannot be used; undefined when it can. */
export function patternFault(source: string): string | undefined {
  try {
    return RegExp(source, 'g').test('') ? 'it matches the empty text, so it would mask between all letters' : undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function extraRule(source: string): Rule {
  const fault = patternFault(source);
  if (fault === undefined) return replace(new RegExp(source, 'g'), '[masked]');
  throw new SentinelError('SENTINEL_CONFIG_INVALID', `The masking pattern ${source} cannot be used: ${fault}`);
}

/** Luhn's check digit, which order and request numbers rarely pass. */
function isCardNumber(text: string): boolean {
  const digits = Array.from(text.replace(/[ -]/g, ''), Number).reverse();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit : digit * 2;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
