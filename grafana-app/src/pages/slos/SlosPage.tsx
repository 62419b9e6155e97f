import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { useEffect } from 'react';
import { readSlos } from '../../api/slos';
import { useKeptFilters } from '../../app/use-kept-filters';
import { useLiveEvents } from '../../app/use-live-events';
import { usePolled } from '../../app/use-polled';
import { useUrlState } from '../../app/use-url-state';
import { Freshness } from '../../components/Freshness';
import { Loaded } from '../../components/Loaded';
import { useElementWidth } from '../../components/use-element-width';
import { morePermissions } from '../../grafana/allowed';
import { slosForm } from './slos-address';
import { SlosView } from './SlosView';

/** Which budget ends first, which burns now, and which cannot be trusted. */
export function SlosPage() {
  const { address, change, clear } = useUrlState(slosForm);
  const { state, refreshing, readAgain } = usePolled('slos', readSlos);
  const live = useLiveEvents(state.kind === 'ready', readAgain);
  const [frame, width] = useElementWidth();
  useKeptFilters('slos');
  useEffect(() => {
    document.title = t('slos.document-title', 'SLOs - Sentinel');
  }, []);
  return (
    <PluginPage actions={<Freshness state={state} live={live} />}>
      <div ref={frame}>
        <Loaded
          state={state}
          refreshing={refreshing}
          width={width}
          loading={t('slos.loading', 'Loading SLOs')}
          failed={t('slos.failed', 'SLOs could not be loaded')}
          noun={t('slos.noun', 'SLOs')}
          permission={morePermissions.readSlos}
          onTryAgain={readAgain}
        >
          {({ data }) => (
            <SlosView slos={data.items} address={address} width={width} onChange={change} onClear={clear} />
          )}
        </Loaded>
      </div>
    </PluginPage>
  );
}
