import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import { useEffect, useMemo } from 'react';
import type { LoadState } from '../../app/load-state';
import type { AppSettings } from '../../app/settings';
import { useUrlState } from '../../app/use-url-state';
import { Freshness } from '../../components/Freshness';
import { Loaded } from '../../components/Loaded';
import { PageGuard } from '../../components/PageGuard';
import { useElementWidth } from '../../components/use-element-width';
import { widths } from '../../components/widths';
import { permissions } from '../../grafana/permissions';
import { coverageForm } from './coverage-address';
import { CoverageFilterBar } from './CoverageFilterBar';
import { CoverageSections } from './CoverageSections';
import { type CoverageData, useCoverage } from './use-coverage';

interface Props {
  readonly settings: AppSettings;
}

function CoveragePage({ settings }: Props) {
  return (
    <PageGuard settings={settings} permission={permissions.readDetection} noun={t('coverage.noun', 'detection')}>
      <GuardedPage />
    </PageGuard>
  );
}

/** What is watched, what is not, and why: without it nobody knows what an empty incident list is worth. */
function GuardedPage() {
  const { address, change } = useUrlState(coverageForm);
  const { state, refreshing, readAgain } = useCoverage(address);
  const [frame, width] = useElementWidth();
  const services = useMemo(() => servicesOf(state), [state]);
  useEffect(() => {
    document.title = t('coverage.document-title', 'Detection - Sentinel');
  }, []);
  return (
    <PluginPage actions={<Freshness state={state} live={false} />}>
      <div ref={frame}>
        <Stack direction="column" gap={2}>
          <CoverageFilterBar
            address={address}
            services={services}
            narrow={width > 0 && width < widths.narrow}
            onChange={change}
          />
          <Loaded
            state={state}
            refreshing={refreshing}
            width={width}
            loading={t('coverage.loading', 'Loading detection')}
            failed={t('coverage.failed', 'Detection could not be loaded')}
            noun={t('coverage.noun', 'detection')}
            permission={permissions.readDetection}
            onTryAgain={readAgain}
          >
            {({ data }) => <CoverageSections data={data} address={address} width={width} onChange={change} />}
          </Loaded>
        </Stack>
      </div>
    </PluginPage>
  );
}

function servicesOf(state: LoadState<CoverageData>): string[] {
  const entries = state.kind === 'ready' ? state.data.entries : [];
  return [...new Set(entries.map(({ service }) => service).filter((name) => name !== ''))].sort();
}

export default CoveragePage;
