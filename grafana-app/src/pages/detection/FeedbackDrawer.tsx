import { t } from '@grafana/i18n';
import { Drawer, Stack } from '@grafana/ui';
import { Suspense } from 'react';
import { readFeedback } from '../../api/feedback';
import { readHistory } from '../../api/series';
import type { AppSettings } from '../../app/settings';
import { useCommands } from '../../app/use-commands';
import { usePolled } from '../../app/use-polled';
import { NotDone } from '../../components/NotDone';
import { OwnPart } from '../../components/OwnPart';
import { PartState } from '../../components/PartState';
import { cut } from '../../components/timeline/describe-mark';
import { useEscape } from '../../components/use-escape';
import { rangeAround } from '../../grafana/explore-link';
import { Receipt } from '../../parts/feedback/Receipt';
import { EvidencePanels } from '../../parts/lazy-panels';
import { PanelsToCome } from '../../parts/evidence/PanelsToCome';

interface Props {
  readonly id: string;
  readonly settings: AppSettings;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** The receipt of one feedback, and the series that it is about. */
export function FeedbackDrawer({ id, settings, onChanged, onClose }: Props) {
  const { state, readAgain } = usePolled(id, async (abortSignal) => {
    const feedback = await readFeedback(id, abortSignal);
    // Only for the units: the receipt stands without them when the series is no longer kept.
    const series = await readHistory(feedback.seriesId, { from: feedback.toMs }, abortSignal).then(
      (history) => history.series,
      () => undefined,
    );
    return { feedback, series };
  });
  const commands = useCommands(() => {
    readAgain();
    onChanged();
  });
  useEscape(true, onClose);
  return (
    <Drawer
      title={t('receipt.of', 'Receipt')}
      subtitle={state.kind === 'ready' ? cut(state.data.feedback.title) : ''}
      size="md"
      onClose={onClose}
    >
      <OwnPart>
        <PartState state={state} failed={t('receipt.failed', 'The receipt could not be loaded')} onTryAgain={readAgain}>
          {({ feedback, series }) => (
            <Stack direction="column" gap={3}>
              <NotDone commands={commands} />
              <Receipt feedback={feedback} series={series} commands={commands} />
              <Suspense fallback={<PanelsToCome />}>
                <EvidencePanels
                  series={[{ id: feedback.seriesId, startMs: feedback.fromMs }]}
                  evident={{ series: { id: feedback.seriesId, service: '', measure: 'value' } }}
                  span={rangeAround({ startMs: feedback.fromMs, endMs: feedback.toMs })}
                  settings={settings}
                />
              </Suspense>
            </Stack>
          )}
        </PartState>
      </OwnPart>
    </Drawer>
  );
}
