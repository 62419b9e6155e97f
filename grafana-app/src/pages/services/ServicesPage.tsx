import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { useEffect } from 'react';
import type { AppSettings } from '../../app/settings';
import { useUrlState } from '../../app/use-url-state';
import { Freshness } from '../../components/Freshness';
import { Loaded } from '../../components/Loaded';
import { PageGuard } from '../../components/PageGuard';
import { useElementWidth } from '../../components/use-element-width';
import { permissions } from '../../grafana/permissions';
import { servicesForm } from './services-address';
import { ServicesView } from './ServicesView';
import { useServices } from './use-services';

/** Which services are odd, who calls whom, and what nobody watches. */
function ServicesPage({ settings }: { readonly settings: AppSettings }) {
  return (
    <PageGuard settings={settings} permission={permissions.readIncidents} noun={t('services.noun', 'services')}>
      <GuardedPage />
    </PageGuard>
  );
}

function GuardedPage() {
  const { address, change } = useUrlState(servicesForm);
  const { state, refreshing, readAgain } = useServices();
  const [frame, width] = useElementWidth();
  useEffect(() => {
    document.title = t('services.document-title', 'Services - Sentinel');
  }, []);
  return (
    <PluginPage actions={<Freshness state={state} live={false} />}>
      <div ref={frame}>
        <Loaded
          state={state}
          refreshing={refreshing}
          width={width}
          loading={t('services.loading', 'Loading services')}
          failed={t('services.failed', 'Services could not be loaded')}
          noun={t('services.noun', 'services')}
          permission={permissions.readIncidents}
          onTryAgain={readAgain}
        >
          {({ data }) => <ServicesView data={data} address={address} width={width} onChange={change} />}
        </Loaded>
      </div>
    </PluginPage>
  );
}

export default ServicesPage;
