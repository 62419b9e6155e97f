import { Button } from '@grafana/ui';
import { useState } from 'react';
import { type IncidentSummary, mergeIncidents } from '../../api/incidents';
import type { Commands } from '../../app/use-commands';
import type { Selection } from '../../components/list/selection';
import { canWorkOnIncidents } from '../../grafana/allowed';
import { MergeDialog, mergeText } from './MergeDialog';

interface Props {
  readonly incidents: readonly IncidentSummary[];
  readonly selection: Selection;
  /** The sidecar does not answer: nothing can be changed. */
  readonly stale: boolean;
  readonly commands: Commands;
}

/** There when two or more rows are ticked. */
export function MergeButton({ incidents, selection: { chosen, clear }, stale, commands }: Props) {
  const [asking, setAsking] = useState(false);
  const ticked = incidents.filter(({ id }) => chosen.has(id));
  if (ticked.length < 2 || !canWorkOnIncidents()) {
    return null;
  }

  async function merge(stays: string) {
    const others = ticked.map(({ id }) => id).filter((id) => id !== stays);
    setAsking(false);
    if (await commands.run(() => mergeIncidents(stays, others))) {
      clear();
    }
  }

  return (
    <>
      <Button variant="secondary" disabled={stale || commands.busy} onClick={() => setAsking(true)}>
        {mergeText(ticked.length)}
      </Button>
      {asking && (
        <MergeDialog
          incidents={ticked}
          busy={commands.busy}
          onMerge={(stays) => void merge(stays)}
          onDismiss={() => setAsking(false)}
        />
      )}
    </>
  );
}
