import { useState } from 'react';
import { toApiError } from '../../api/api-error';
import { readStatus } from '../../api/status';
import { type ConnectionReport, explainFailure, explainStatus } from './explain-connection';

/** Asks the sidecar for its status through Grafana's proxy and puts the answer into words. */
export function useConnectionTest() {
  const [report, setReport] = useState<ConnectionReport>();
  const [running, setRunning] = useState(false);

  async function run(apiUrl: string) {
    setRunning(true);
    setReport(undefined);
    const started = performance.now();
    try {
      const status = await readStatus();
      setReport(explainStatus(status, performance.now() - started));
    } catch (error) {
      setReport(explainFailure(toApiError(error), apiUrl));
    } finally {
      setRunning(false);
    }
  }

  return { report, running, run };
}
