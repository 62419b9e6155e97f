import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { useMemo } from 'react';
import type { LoadState } from '../../app/load-state';
import type { AppSettings } from '../../app/settings';
import { Loaded } from '../../components/Loaded';
import { useElementWidth } from '../../components/use-element-width';
import { permissions } from '../../grafana/permissions';
import { AnomalyDrawer } from '../../parts/anomaly/AnomalyDrawer';
import { AnomalyFilters } from './AnomalyFilters';
import { type ChangeAddress, type AnomalyAddress } from './anomaly-address';
import { AnomalySections } from './AnomalySections';
import type { AnomalyData, useAnomalies } from './use-anomalies';
import { widths } from '../../components/widths';

interface Props {
  readonly address: AnomalyAddress;
  readonly anomalies: ReturnType<typeof useAnomalies>;
  readonly settings: AppSettings;
  readonly onChange: ChangeAddress;
  readonly onClear: () => void;
}

/** Filters, what went wrong, timeline, list and details: each in whatever state it is. */
export function AnomaliesView({ address, anomalies, settings, onChange, onClear }: Props) {
  const { state, refreshing, readAgain } = anomalies;
  const [frame, width] = useElementWidth();
  const services = useMemo(() => servicesOf(state), [state]);
  return (
    <div ref={frame}>
      <Stack direction="column" gap={2}>
        <AnomalyFilters
          address={address}
          services={services}
          folded={width > 0 && width < widths.narrow}
          onChange={onChange}
          onReset={onClear}
        />
        <Loaded
          state={state}
          refreshing={refreshing}
          width={width}
          loading={t('anomalies.loading', 'Loading anomalies')}
          failed={t('anomalies.failed', 'Anomalies could not be loaded')}
          noun={t('anomalies.noun', 'anomalies')}
          permission={permissions.readIncidents}
          onTryAgain={readAgain}
        >
          {(ready) => (
            <AnomalySections answer={ready} address={address} width={width} onChange={onChange} onClear={onClear} />
          )}
        </Loaded>
      </Stack>
      {address.sel !== '' && (
        <AnomalyDrawer
          key={address.sel}
          id={address.sel}
          known={state.kind === 'ready' ? state.data.anomalies.items : []}
          settings={settings}
          onClose={() => onChange({ sel: '' })}
        />
      )}
    </div>
  );
}

function servicesOf(state: LoadState<AnomalyData>): string[] {
  const items = state.kind === 'ready' ? state.data.anomalies.items : [];
  return [...new Set(items.map(({ series }) => series.service))].sort();
}
