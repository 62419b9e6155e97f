import type { DataFrame } from '@grafana/data';
import { useEffect, useMemo, useState } from 'react';
import type { Anomaly } from '../../../api/anomalies';
import { readHistory } from '../../../api/series';
import type { AppSettings } from '../../../app/settings';
import { rangeAround } from '../../../grafana/explore-link';
import { evidenceScene } from './evidence-scene';
import { seriesFrame } from './series-frame';

interface Props {
  readonly anomaly: Anomaly;
  readonly settings: AppSettings;
}

/**
 * The proof beside the sentence: what was measured, and what logs and traces say of the same minutes. As the anomaly was when
 * it was opened: values that change while it goes on take no panel away under the reader's eyes.
 */
function EvidencePanels(props: Props) {
  const [{ anomaly, settings }] = useState(props);
  const history = useHistory(anomaly);
  const scene = useMemo(
    () => (history === undefined ? undefined : evidenceScene({ anomaly, settings, ...history })),
    [anomaly, settings, history],
  );
  return scene === undefined ? null : <scene.Component model={scene} />;
}

/** Undefined until it is known whether the sidecar still keeps the time of the anomaly. */
function useHistory(anomaly: Anomaly): { readonly frame?: DataFrame } | undefined {
  const [history, setHistory] = useState<{ readonly frame?: DataFrame }>();
  useEffect(() => {
    const { series, startMs } = anomaly;
    const { fromMs, toMs } = rangeAround(anomaly);
    const abort = new AbortController();
    readHistory(series.id, { from: fromMs, to: toMs }, abort.signal).then(
      (answer) => {
        const [first] = answer.timeMs;
        setHistory(first === undefined || first > startMs + answer.stepMs ? {} : { frame: seriesFrame(answer) });
      },
      // Evicted since, or away: the data source may still have it, and says so itself when it does not.
      () => !abort.signal.aborted && setHistory({}),
    );
    return () => abort.abort();
  }, [anomaly]);
  return history;
}

export default EvidencePanels;
