import { t } from '@grafana/i18n';
import { Button, Stack, Text, Toggletip } from '@grafana/ui';
import type { Slo } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import { BudgetBar } from '../../components/slo/BudgetBar';
import { endSentence, leftSentence, sumText } from '../../components/slo/left-words';
import { tierOfStatus } from '../../components/slo/burn-now';
import { SloBadge } from '../../components/slo/SloBadge';
import { windowsText } from '../../components/slo/tier-words';
import { formatDuration } from '../../grafana/format-value';

const MINUTE_MS = 60_000;

/** What is left in one sentence, how fast it goes in another, and how both were reckoned. */
export function SloHead({ slo }: { readonly slo: Slo }) {
  const tier = tierOfStatus(slo);
  const sentence = [leftSentence(slo), endSentence(slo)].filter((text) => text !== '').join(' ');
  return (
    <Stack direction="column" gap={1}>
      <Stack gap={2} alignItems="center" wrap="wrap">
        <SloBadge status={slo.status} />
        <Text element="h2" variant="h4">
          {sentence}
        </Text>
        {slo.left !== null && (
          <Toggletip content={sumText(slo)} title={t('slo.how', 'How this is computed')} closeButton>
            <Button size="sm" variant="secondary" fill="text" icon="calculator-alt">
              {t('slo.how', 'How this is computed')}
            </Button>
          </Toggletip>
        )}
      </Stack>
      <div style={{ maxWidth: 280 }}>
        <BudgetBar left={slo.left} status={slo.status} />
      </div>
      {tier !== undefined && <Text color="secondary">{windowsText(tier)}</Text>}
      {slo.unknownMinutes > 0 && <Text color="secondary">{unknownText(slo.unknownMinutes)}</Text>}
    </Stack>
  );
}

function unknownText(minutes: number): string {
  return t(
    'slo.unknown-minutes',
    'Of {{duration}} in this window nobody knows how they were: they count as neither good nor bad.',
    {
      duration: formatDuration(minutes * MINUTE_MS),
      interpolation: unescaped,
    },
  );
}
