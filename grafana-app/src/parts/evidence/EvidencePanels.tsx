import { useMemo, useState } from 'react';
import { PanelsToCome } from './PanelsToCome';
import { type Evidence, evidenceScene } from './evidence-scene';
import { type OddSeries, useKeptSeries } from './use-kept-series';

interface Props extends Evidence {
  readonly series: readonly OddSeries[];
}

/**
 * The proof beside the sentence: what was measured, and what logs and traces say of the same minutes. As it was when it was
 * opened: values that change while it goes on take no panel away under the reader's eyes.
 */
export function EvidencePanels(props: Props) {
  const [{ series, ...evidence }] = useState(props);
  const kept = useKeptSeries(series, evidence.span);
  const scene = useMemo(
    () => kept && evidenceScene(evidence, series.length === 1 ? kept.map(untitled) : kept),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the rest stays as it was opened
    [kept],
  );
  if (kept === undefined) {
    return <PanelsToCome />;
  }
  return scene === undefined ? null : <scene.Component model={scene} />;
}

/** One alone is named by what stands above it. */
function untitled({ title: _title, ...kept }: { readonly id: string; readonly title?: string }) {
  return kept;
}
