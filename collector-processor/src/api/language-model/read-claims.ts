import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Evidence } from './numbered-evidence.ts';

/** A sentence of a language model, with what it stands on. */
export interface Claim {
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

interface Claims {
  readonly claims: readonly Claim[];
  /** Sentences that cite nothing that is known, or say a number that what they cite does not. */
  readonly dropped: number;
}

const MOST_CLAIMS = 12;
const MOST_LENGTH = 500;

const answer = Compile(
  Type.Object({ claims: Type.Array(Type.Object({ text: Type.String(), evidence: Type.Array(Type.String()) })) }),
);

/** What is left of an answer when each sentence is held against the evidence; undefined when it is no answer at all. */
export function readClaims(text: string, known: readonly Evidence[]): Claims | undefined {
  const told = parse(text);
  if (!answer.Check(told)) return undefined;
  const byRef = new Map(known.map((one) => [one.ref, one]));
  const claims = told.claims.slice(0, MOST_CLAIMS).flatMap((claim): Claim[] => {
    const sentence = claim.text.replace(/\s+/g, ' ').trim().slice(0, MOST_LENGTH);
    const evidence = [...new Set(claim.evidence)].flatMap((ref) => byRef.get(ref) ?? []);
    return sentence !== '' && isBacked(sentence, evidence) ? [{ text: sentence, evidence }] : [];
  });
  return { claims, dropped: told.claims.length - claims.length };
}

/** Models like to wrap JSON into a fence. */
function parse(text: string): unknown {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
  try {
    return JSON.parse(text.slice(Math.max(0, from), to + 1));
  } catch {
    return undefined;
  }
}

function isBacked(sentence: string, evidence: readonly Evidence[]): boolean {
  const said = new Set(evidence.flatMap((one) => numbersIn(one.sentence)));
  return evidence.length > 0 && numbersIn(sentence).every((number) => said.has(number));
}

function numbersIn(text: string): readonly string[] {
  return text.match(/\d+(?:[.,]\d+)*/g) ?? [];
}
