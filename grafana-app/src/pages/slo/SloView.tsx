import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { Suspense } from 'react';
import { readSloBurned, readSloHistory, type Slo } from '../../api/slos';
import type { Commands } from '../../app/use-commands';
import { usePolled } from '../../app/use-polled';
import { PartState } from '../../components/PartState';
import { Section } from '../../components/Section';
import { tierOfStatus } from '../../components/slo/burn-now';
import { BurnTable } from '../../components/slo/BurnTable';
import { PanelsToCome } from '../../parts/evidence/PanelsToCome';
import { BudgetCharts } from '../../parts/lazy-panels';
import { BurnedBy } from './BurnedBy';
import { Corrections } from './Corrections';
import { rangeOf, type SloAddress } from './slo-address';
import { SloFacts } from './SloFacts';
import { SloHead } from './SloHead';

interface Props {
  readonly slo: Slo;
  readonly address: SloAddress;
  readonly stale: boolean;
  readonly commands: Commands;
  /** Another one after each change, so that all parts are read anew. */
  readonly turn: number;
}

/** What is left first, then how it came to be so, then where it went. */
export function SloView({ slo, address, stale, commands, turn }: Props) {
  const key = JSON.stringify([slo.id, address.from, address.to, turn]);
  const history = usePolled(key, (abortSignal) => readSloHistory(slo.id, rangeOf(address), abortSignal));
  const burned = usePolled(key, (abortSignal) => readSloBurned(slo.id, rangeOf(address), abortSignal));
  return (
    <Stack direction="column" gap={3}>
      <SloHead slo={slo} />
      <PartState
        state={history.state}
        failed={t('slo.history-failed', 'What became of the budget could not be loaded')}
        onTryAgain={history.readAgain}
      >
        {(data) => (
          <Suspense fallback={<PanelsToCome />}>
            <BudgetCharts key={`${address.from} ${address.to}`} history={data} tier={tierOfStatus(slo)} />
          </Suspense>
        )}
      </PartState>
      <Section title={t('slo.burned', 'What burned it')} ofPage>
        <PartState
          state={burned.state}
          failed={t('slo.burned-failed', 'What burned the budget could not be loaded')}
          onTryAgain={burned.readAgain}
        >
          {(data) => <BurnedBy burned={data} />}
        </PartState>
      </Section>
      <Section title={t('slo.corrections', 'Corrections')} ofPage>
        {history.state.kind === 'ready' && (
          <Corrections slo={slo} corrections={history.state.data.corrections} stale={stale} commands={commands} />
        )}
      </Section>
      <Section title={t('slo.burn-by-window', 'Burn by window')} ofPage>
        <BurnTable slo={slo} />
      </Section>
      <SloFacts slo={slo} />
    </Stack>
  );
}
