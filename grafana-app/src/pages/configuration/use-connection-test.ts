import { useState } from 'react';
import { toApiError } from '../../api/api-error';
import { readStatus } from '../../api/status';
import { within } from '../../app/within';
import { type ConnectionReport, explainAnswer, explainFailure } from './explain-connection';

const ANSWER_WITHIN_MS = 15_000;

/** Asks the sidecar for its status through Grafana's proxy, after `before`, and puts the answer into words. */
export function useConnectionTest() {
  const [report, setReport] = useState<ConnectionReport>();
  const [running, setRunning] = useState(false);

  async function run(apiUrl: string, before: () => Promise<void>) {
    setRunning(true);
    setReport(undefined);
    try {
      await before();
      const started = performance.now();
      const answer: unknown = await within(ANSWER_WITHIN_MS, readStatus());
      setReport(explainAnswer(answer, performance.now() - started));
    } catch (error) {
      setReport(explainFailure(toApiError(error), apiUrl));
    } finally {
      setRunning(false);
    }
  }

  return { report, running, run };
}
