import type { Measure } from '../model/anomaly.ts';
import type { Detector, Question } from './scorer.ts';

/** A single voice weighs no more than this. */
const VOICE_CAP = 8;

/** Share of a series' own rarity in the surprise, beside the detectors' word. */
const RARITY_SHARE = 0.5;

/** What the only answer counts, where one question is asked. */
const UNCONFIRMED = 0.65;

/** What a season's word counts without any other. */
const ALONE = 1 / 3;

const QUESTIONS: readonly Question[] = ['level', 'spread', 'record', 'pattern', 'events'];

/** Which voice answers which question, for `agree`. */
export function questionNumbers(questions: readonly Question[]): Uint8Array {
  return Uint8Array.from(questions, (question) => QUESTIONS.indexOf(question));
}

/** The same for each measure, whose judges are positions in `detectors`. */
export function questionsOf(
  detectors: readonly Detector[],
  judges: ReadonlyMap<Measure, readonly number[]>,
): ReadonlyMap<Measure, Uint8Array> {
  const questions = (at: readonly number[]): Uint8Array =>
    questionNumbers(at.flatMap((one) => detectors[one]?.question ?? []));
  return new Map([...judges].map(([measure, at]) => [measure, questions(at)]));
}

/**
 * Many voices, one surprise: the mean over the questions that were asked, each answered by the mean of its voices. Equal
 * weights, so that nothing is tuned; and no question weighs more because more detectors ask it. The mean is the square of that
 * of the roots: several answers that are odd alike are worth more than a single one that is very odd. NaN voices have nothing
 * to say and do not count. 0 when nobody speaks.
 */
export function agree(voices: Float64Array, questions: Uint8Array): number {
  let asked = 0;
  let total = 0;
  for (let question = 0; question < QUESTIONS.length; question++) {
    let speaking = 0;
    let sum = 0;
    for (let i = 0; i < questions.length; i++) {
      const voice = voices[i] as number;
      if (questions[i] !== question || Number.isNaN(voice)) continue;
      speaking++;
      sum += Math.min(VOICE_CAP, voice);
    }
    if (speaking === 0) continue;
    asked++;
    total += Math.sqrt(sum / speaking);
  }
  if (asked === 1) return UNCONFIRMED * total * total;
  return asked === 0 ? 0 : (total / asked) ** 2;
}

/** What the loudest word of a season counts when nobody else says anything: a value may be odd for its hour and nothing else. */
export function alone(voices: Float64Array, seasonal: readonly number[]): number {
  let loudest = 0;
  for (const at of seasonal) loudest = Math.max(loudest, orNothing(voices[at] as number));
  return ALONE * Math.min(VOICE_CAP, loudest);
}

function orNothing(voice: number): number {
  return Number.isNaN(voice) ? 0 : voice;
}

/** What the detectors say together, and how rare it is on this series that they say so much, each by its own border. */
export function settle(agreed: number, rarity: number): number {
  return RARITY_SHARE * Math.min(rarity, 1.5 * agreed) + (1 - RARITY_SHARE) * agreed;
}

/** Of a measure that nothing is asked of. */
export const NO_QUESTIONS = new Uint8Array(0);

/** One question has nobody to agree with: how rare its answer is on this series, that answer says already. */
export function isOneQuestion(questions: Uint8Array): boolean {
  return questions.every((question) => question === questions[0]);
}
