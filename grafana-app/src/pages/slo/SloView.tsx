import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import type { Slo } from '../../api/slos';
import { Section } from '../../components/Section';
import { BurnTable } from '../../components/slo/BurnTable';
import { SloFacts } from './SloFacts';
import { SloHead } from './SloHead';

/** What is left first, then how fast it goes, then where it went. */
export function SloView({ slo }: { readonly slo: Slo }) {
  return (
    <Stack direction="column" gap={3}>
      <SloHead slo={slo} />
      <Section title={t('slo.burn-by-window', 'Burn by window')} ofPage>
        <BurnTable slo={slo} />
      </Section>
      <SloFacts slo={slo} />
    </Stack>
  );
}
