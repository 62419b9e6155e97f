import { hashWord } from './byte-kinds.ts';

/**
 * Words that say something about their neighbours, in any log: what is counted after a number, how a date is spelled, what
 * usually stands before a name, and which words make a sentence rather than fill a place in one.
 */

const MASK = 0xfff;

/** Hashes of words, with a table of bits in front, because most words asked for are not in it. */
export class WordSet {
  private readonly hashes: ReadonlySet<number>;
  private readonly likely = new Uint8Array(MASK + 1);

  constructor(words: Iterable<string>) {
    this.hashes = new Set([...words].map(hashWord));
    for (const hash of this.hashes) this.likely[hash & MASK] = 1;
  }

  has(hash: number): boolean {
    return this.likely[hash & MASK] === 1 && this.hashes.has(hash);
  }
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** As given, in lower case, in upper case and with a capital. */
function anyCase(text: string): string[] {
  return words(text).flatMap((word) => {
    const lower = word.toLowerCase();
    return [word, lower, word.toUpperCase(), (lower[0] ?? '').toUpperCase() + lower.slice(1)];
  });
}

/** After a number they come and go with it: `0 bytes` and `1.4 KB`; so do zones after a time. */
export const units = new WordSet([
  ...anyCase('B KB MB GB TB KiB MiB GiB TiB byte bytes bit bits kbps mbps Hz kHz MHz GHz'),
  ...anyCase('ns us ms s sec secs second seconds m min mins minute minutes h hr hrs hour hours day days'),
  ...anyCase('millis milliseconds microseconds nanoseconds msec usec percent'),
  ...words('AM PM am pm Z UTC GMT EST EDT CST CDT MST MDT PST PDT CET CEST BST IST JST'),
]);

const months = 'January February March April May June July August September October November December';
const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday';

/** Before a number they are part of a date. */
export const calendar = new WordSet(words(`${months} ${weekdays}`).flatMap((word) => [word, word.slice(0, 3)]));

export const literals = new WordSet(anyCase('true false'));
/** Values only where a value is expected. */
export const emptyValues = new WordSet(anyCase('null nil none yes no undefined nan unknown'));
export const httpMethods = new WordSet(words('GET HEAD POST PUT PATCH DELETE OPTIONS CONNECT TRACE'));
export const messageKeys = new WordSet(words('msg= message= Message= err= error= Error= text= log= reason='));

export const topLevelDomains = new WordSet(
  words(
    'com org net edu gov mil int info biz io dev app cloud ai co me tv local localdomain internal lan corp intranet ' +
      'cluster svc de uk fr nl it es se no fi dk pl ch at be cz ru ua cn jp kr tw hk in au nz ca us br mx ar za eu tr',
  ),
);

/** A word after one of these is nearly always a name. */
const nameNouns: ReadonlySet<string> = new Set(
  words(
    'user username login host hostname named filename account domain realm tenant customer principal nickname alias ' +
      'member owner',
  ),
);
/** And after one of these often. */
const thingNouns: ReadonlySet<string> = new Set(
  words(
    'class service task topic queue table database db index container pod node namespace module plugin package device ' +
      'interface partition bucket cluster application app job worker thread process server client peer key file ' +
      'directory folder image region zone group role collection schema bean component endpoint route method function ' +
      'command program property parameter field column volume disk channel exchange stream subscription session',
  ),
);

const sentenceWords: ReadonlySet<string> = new Set(
  words(
    'is are was were be been not no has have had on off to from by for with without in into at of as and or but the a an ' +
      'this that it its if then else when while until after before during because due via per over under between ' +
      'error errors warning fail fails failure failures success successful successfully ok okay done ready up down ' +
      'start starts stop stops begin begins end ends open opens close shut run runs idle busy active inactive alive dead ' +
      'online offline healthy unhealthy enable disable connect disconnect accept reject allow deny grant retry retries ' +
      'timeout lost found new old bad good invalid valid unknown empty full can cannot could would will should must may ' +
      'does did do got get gets set sets add remove create delete update read write send receive init initial final ' +
      'exit entry enter leave left right high low first last next previous already still again now too very more less',
  ),
);

/** What a word is to its neighbours, as bits. */
export const Trait = {
  /** One of a sentence (a state, a verb form, a preposition) rather than a name. */
  prose: 1,
  /** May stand where other lines have a number: a key never does. */
  value: 2,
  /** May be one of several that vary together: no sentence word, no key, no state in capitals. */
  free: 4,
  /** A name follows, nearly always or often. */
  beforeName: 8,
  beforeThing: 16,
} as const;

/** Of an empty text, which stands for a hole: none. */
export function traitsOf(word: string): number {
  if (word === '') return 0;
  const lower = word.toLowerCase();
  const before = nameNouns.has(lower) ? Trait.beforeName : thingNouns.has(lower) ? Trait.beforeThing : 0;
  if (isProse(lower)) return before | Trait.prose;
  if (word.endsWith('=')) return before;
  return before | Trait.value | (word === word.toUpperCase() ? 0 : Trait.free);
}

/** Values that fill the place after such a word before it is a hole: fewer where a name is expected; 0 for others. */
export function valuesAfter(traits: number): number {
  if ((traits & Trait.beforeName) !== 0) return 2;
  return (traits & Trait.beforeThing) === 0 ? 0 : 3;
}

function isProse(lower: string): boolean {
  return sentenceWords.has(lower) || (lower.length > 4 && (lower.endsWith('ed') || lower.endsWith('ing')));
}

export function isValue(word: string): boolean {
  return (traitsOf(word) & Trait.value) !== 0;
}
