import type { TuningVersion } from '../contract/feedback.ts';
import type { Shadow } from '../contract/shadow.ts';
import type { Author, DeskAnswer } from './feedback-desk.ts';

/** What a second configuration would have told, and how it becomes the live one. */
export interface ShadowDesk {
  report(): Promise<Shadow>;
  /** Its settings and rules act live from now on, as a version that can be rolled back. */
  promote(why: string, author: Author): Promise<DeskAnswer<TuningVersion>>;
}
