import { t } from '@grafana/i18n';
import { Button, Stack, Text } from '@grafana/ui';
import type { Anomaly } from '../../api/anomalies';
import { expectedId, readFeedback, sayExpected } from '../../api/feedback';
import { useCommands } from '../../app/use-commands';
import { usePolled } from '../../app/use-polled';
import { NotDone } from '../../components/NotDone';
import { Section } from '../../components/Section';
import { canGiveFeedback } from '../../grafana/allowed';
import { Receipt } from './Receipt';

/** "This was expected", and the receipt: what the click would change, before anything changes. */
export function FeedbackSection({ anomaly }: { readonly anomaly: Anomaly }) {
  const id = expectedId(anomaly.id);
  const { state, readAgain } = usePolled(id, (abortSignal) => readFeedback(id, abortSignal));
  const commands = useCommands(readAgain);
  const isNew = state.kind === 'failed' && state.error.kind === 'not_found';
  if (state.kind !== 'ready' && !(isNew && canGiveFeedback())) {
    return null;
  }
  return (
    <Section title={t('receipt.title', 'Feedback')}>
      <NotDone commands={commands} />
      {state.kind === 'ready' ? (
        <Receipt feedback={state.data} series={anomaly.series} commands={commands} />
      ) : (
        <Stack gap={1} alignItems="center" wrap="wrap">
          <Button
            size="sm"
            variant="secondary"
            icon="thumbs-up"
            disabled={commands.busy}
            onClick={() => void commands.run(() => sayExpected(anomaly.id))}
          >
            {t('receipt.expected', 'Expected')}
          </Button>
          <Text color="secondary">
            {commands.busy
              ? t('receipt.working', 'Working out the effect on what is stored')
              : t('receipt.asks', 'It was no news. Shows what that would change; nothing changes yet.')}
          </Text>
        </Stack>
      )}
    </Section>
  );
}
