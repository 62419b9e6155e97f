import { t } from '@grafana/i18n';
import { Button, Stack, Text } from '@grafana/ui';
import { type Feedback, readTunings, rollBackTo } from '../../api/feedback';
import { unescaped } from '../../app/unescaped';
import type { Commands } from '../../app/use-commands';
import { usePolled } from '../../app/use-polled';
import { cut } from '../../components/timeline/describe-mark';
import { canChangeDetection } from '../../grafana/allowed';
import { clock } from '../../grafana/format-time';

interface Props {
  readonly feedback: Feedback;
  readonly commands: Commands;
}

/** Since when the rule acts and by whom, and the way back; or that it was taken back. */
export function Accepted({ feedback: { rule, version = 0, decidedAtMs = 0, decidedBy = '' }, commands }: Props) {
  const { state, readAgain } = usePolled('tunings', (abortSignal) => readTunings(1, abortSignal));
  if (state.kind !== 'ready') {
    return null;
  }
  const newest = state.data.items[0];
  const acts = newest?.rules.some((one) => JSON.stringify(one) === JSON.stringify(rule)) ?? false;
  if (newest === undefined || !acts) {
    return (
      <Text>
        {t('receipt.taken-back', 'Change {{version}} was taken back since.', {
          version,
          interpolation: unescaped,
        })}
      </Text>
    );
  }

  async function rollBack() {
    await commands.run(() => rollBackTo(version - 1));
    readAgain();
  }

  return (
    <Stack gap={1} alignItems="center" wrap="wrap">
      <Text>
        {t('receipt.active', 'Change {{version}} is active since {{clock}}, accepted by {{who}}.', {
          version,
          who: cut(decidedBy),
          clock: clock(decidedAtMs),
          interpolation: unescaped,
        })}
      </Text>
      {/* What was changed after it would go too: then it is for the page of all versions. */}
      {canChangeDetection() && newest.version === version && (
        <Button size="sm" variant="secondary" disabled={commands.busy} onClick={() => void rollBack()}>
          {t('receipt.roll-back', 'Roll back')}
        </Button>
      )}
    </Stack>
  );
}
