import { type Feedback, readFeedbackList, readTunings, type TuningVersionList } from '../../api/feedback';
import { usePolled } from '../../app/use-polled';

/** Newest ones: older ones are seldom looked for, and the API hands out more. */
const FEEDBACK_AT_MOST = 100;
const VERSIONS_AT_MOST = 50;

export interface TuningData {
  readonly feedback: readonly Feedback[];
  readonly versions: TuningVersionList;
}

/** What people said of findings, and the rules that came of it. */
export function useTuning() {
  return usePolled('tuning', async (abortSignal): Promise<TuningData> => {
    const [feedback, versions] = await Promise.all([
      readFeedbackList(FEEDBACK_AT_MOST, abortSignal),
      readTunings(VERSIONS_AT_MOST, abortSignal),
    ]);
    return { feedback: feedback.items, versions };
  });
}
