import { t } from '@grafana/i18n';
import { Combobox, Field, Text } from '@grafana/ui';
import { useCallback, useId, useState } from 'react';
import { notClosed, readIncidents } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import { AskDialog } from '../../components/AskDialog';
import { cut } from '../../components/timeline/describe-mark';

interface Props {
  readonly id: string;
  readonly onMerge: (into: string) => void;
  readonly onDismiss: () => void;
}

/** Which other incident this one belongs to. */
export function MergeIntoDialog({ id, onMerge, onDismiss }: Props) {
  const [into, setInto] = useState<string>();
  const field = useId();

  // The list is asked for anew when this is another function.
  const others = useCallback(
    async (q: string) => {
      const { items } = await readIncidents({ state: [...notClosed], demoted: true, q });
      return items
        .filter((one) => one.id !== id)
        .map((one) => ({ value: one.id, label: `${one.id}: ${cut(one.title)}` }));
    },
    [id],
  );

  return (
    <AskDialog
      title={t('incident.merge-into-other', 'Merge into another incident')}
      act={
        into === undefined
          ? t('incident.merge', 'Merge')
          : t('incidents.merge-into', 'Merge into incident {{id}}', { id: into, interpolation: unescaped })
      }
      canAct={into !== undefined}
      onAct={() => into !== undefined && onMerge(into)}
      onDismiss={onDismiss}
    >
      <Field label={t('incident.merge-which', 'Incident that gets the anomalies')} htmlFor={field} required noMargin>
        <Combobox id={field} options={others} value={into ?? null} onChange={({ value }) => setInto(value)} />
      </Field>
      <Text color="secondary">
        {t('incident.merge-links', 'Links to this one keep working and lead there. You can split them again.')}
      </Text>
    </AskDialog>
  );
}
