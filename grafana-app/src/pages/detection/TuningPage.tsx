import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import type { AppSettings } from '../../app/settings';
import { useCommands } from '../../app/use-commands';
import { useUrlState } from '../../app/use-url-state';
import { NotDone } from '../../components/NotDone';
import { RangeField } from '../../components/range/RangeField';
import { Section } from '../../components/Section';
import { roomIn } from '../../components/widths';
import { DetectionFrame } from './DetectionFrame';
import { FeedbackDrawer } from './FeedbackDrawer';
import { FeedbackRows } from './FeedbackRows';
import { SeriesView } from './SeriesView';
import { tuningForm } from './tuning-address';
import { useTuning } from './use-tuning';
import { VersionList } from './VersionList';

interface Props {
  readonly settings: AppSettings;
}

/** One series under the glass, what people said of findings, and the rules that came of it. */
export function TuningPage({ settings }: Props) {
  const { address, change } = useUrlState(tuningForm);
  const polled = useTuning();
  const commands = useCommands(polled.readAgain);
  const { from, to, receipt } = address;
  return (
    <DetectionFrame
      tab="tuning"
      polled={polled}
      actions={<RangeField words={{ from, to }} onChange={change} />}
      above={() => (
        <>
          <NotDone commands={commands} />
          <SeriesView address={address} settings={settings} commands={commands} onChange={change} />
        </>
      )}
    >
      {({ data: { feedback, versions }, stale }, width) => (
        <Stack direction="column" gap={3}>
          <Section title={t('tuning.feedback', 'Feedback')} ofPage>
            <FeedbackRows feedback={feedback} room={roomIn(width)} onOpen={(id) => change({ receipt: id })} />
          </Section>
          <Section title={t('tuning.versions', 'Versions of the rules')} ofPage>
            <VersionList versions={versions} feedback={feedback} stale={stale} commands={commands} />
          </Section>
          {receipt !== '' && (
            <FeedbackDrawer
              key={receipt}
              id={receipt}
              settings={settings}
              onChanged={polled.readAgain}
              onClose={() => change({ receipt: '' })}
            />
          )}
        </Stack>
      )}
    </DetectionFrame>
  );
}
