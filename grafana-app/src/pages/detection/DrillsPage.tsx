import { t } from '@grafana/i18n';
import { EmptyState, Stack, Text } from '@grafana/ui';
import { type Drills, readDrills } from '../../api/drills';
import { unescaped } from '../../app/unescaped';
import { usePolled } from '../../app/use-polled';
import { Section } from '../../components/Section';
import { timeAgo } from '../../grafana/format-time';
import { formatCount } from '../../grafana/format-value';
import { DetectionFrame } from './DetectionFrame';
import { DetectorTable, KindTable } from './DrillTables';
import { MissedDrills } from './MissedDrills';

/** What would be found now: small faults are rehearsed in copies of live series. */
export function DrillsPage() {
  const polled = usePolled('drills', readDrills);
  return (
    <DetectionFrame tab="drills" polled={polled}>
      {({ data }) => (data.state === 'off' ? <Off /> : <Running drills={data} />)}
    </DetectionFrame>
  );
}

function Off() {
  return (
    <EmptyState variant="not-found" message={t('drills.off', 'No faults are rehearsed')}>
      {t('drills.off-why', "They are switched on under score.drills in the sidecar's configuration.")}
    </EmptyState>
  );
}

function Running({ drills }: { readonly drills: Drills }) {
  const { kinds, missed } = drills;
  return (
    <Stack direction="column" gap={3}>
      <Text color="secondary">{aboutText(drills)}</Text>
      <Section title={t('drills.kinds', 'Found and missed')} ofPage>
        <KindTable kinds={kinds} />
      </Section>
      <Section title={t('drills.detectors', 'Recall of each detector by itself')} ofPage>
        <DetectorTable kinds={kinds} />
      </Section>
      <Section title={t('drills.missed', 'Missed')} ofPage>
        <MissedDrills missed={missed} />
      </Section>
    </Stack>
  );
}

function aboutText({ sinceMs, size, steps }: Drills): string {
  const what = t(
    'drills.about',
    'Faults in copies of a few live series. Nothing of them is published, stored or told.',
  );
  const how =
    size === undefined || steps === undefined
      ? ''
      : t('drills.size', 'Each goes {{size}} times as far as the expected range and lasts {{steps}} steps.', {
          size: formatCount(size),
          steps: formatCount(steps),
          interpolation: unescaped,
        });
  const since =
    sinceMs === undefined
      ? ''
      : t('drills.since', 'Counted from {{ago}} on.', { ago: timeAgo(sinceMs), interpolation: unescaped });
  return [what, how, since].filter((text) => text !== '').join(' ');
}
