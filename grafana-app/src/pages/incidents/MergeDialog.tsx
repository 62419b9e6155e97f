import { t } from '@grafana/i18n';
import { RadioButtonList, Stack, Text } from '@grafana/ui';
import { useId, useState } from 'react';
import type { IncidentSummary } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import { AskDialog } from '../../components/AskDialog';
import { cut } from '../../components/timeline/describe-mark';

interface Props {
  /** At least two. */
  readonly incidents: readonly IncidentSummary[];
  readonly busy: boolean;
  readonly onMerge: (stays: string) => void;
  readonly onDismiss: () => void;
}

/** Which of them stays; the others lead there. */
export function MergeDialog({ incidents, busy, onMerge, onDismiss }: Props) {
  const [first] = [...incidents].sort((a, b) => a.startMs - b.startMs);
  const [stays, setStays] = useState(first?.id ?? '');
  const group = useId();
  return (
    <AskDialog
      title={mergeText(incidents.length)}
      act={t('incidents.merge-into', 'Merge into incident {{id}}', { id: stays, interpolation: unescaped })}
      canAct={!busy}
      onAct={() => onMerge(stays)}
      onDismiss={onDismiss}
    >
      <Stack direction="column" gap={2}>
        <Text id={group}>{t('incidents.merge-stays', 'Which one stays?')}</Text>
        <div role="radiogroup" aria-labelledby={group}>
          <RadioButtonList
            name={group}
            value={stays}
            options={incidents.map(({ id, title: what }) => ({ value: id, label: `${id}: ${cut(what)}` }))}
            onChange={setStays}
          />
        </div>
        <Text color="secondary">
          {t('incidents.merge-links', 'Links to the others keep working and lead here. You can split them again.')}
        </Text>
      </Stack>
    </AskDialog>
  );
}

export function mergeText(count: number): string {
  return t('incidents.merge', '', {
    count,
    defaultValue_one: 'Merge {{count}} incident',
    defaultValue_other: 'Merge {{count}} incidents',
  });
}
