import { createHash } from 'node:crypto';
import type { CauseList } from '../../model/cause.ts';
import { candidatesOf } from './candidates.ts';
import type { CauseCase } from './cause-case.ts';
import { rankCauses } from './rank-causes.ts';

/** Raised whenever the same case may be ranked or told in another way. */
const VERSION = '4';
const ID_DIGITS = 16;

/** Ranks a case and tells it in words. A pure function: the same case and version give the same bytes. */
export function explainCase(facts: CauseCase): CauseList {
  const caseId = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, ID_DIGITS);
  return { caseId, version: VERSION, candidates: candidatesOf(facts, rankCauses(facts)) };
}
