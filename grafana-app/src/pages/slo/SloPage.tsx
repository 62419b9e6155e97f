import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import { useEffect } from 'react';
import { useParams } from 'react-router-dom';
import { readSlo } from '../../api/slos';
import { slosPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { usePolled } from '../../app/use-polled';
import { Freshness } from '../../components/Freshness';
import { Loaded } from '../../components/Loaded';
import { isMissing, NotThere } from '../../components/NotThere';
import { cut } from '../../components/timeline/describe-mark';
import { useElementWidth } from '../../components/use-element-width';
import { morePermissions } from '../../grafana/allowed';
import { SloView } from './SloView';

/** One error budget: what is left, how fast it goes, what burned it, and what was taken out. */
export function SloPage() {
  const { id = '' } = useParams();
  return <PageOf key={id} id={id} />;
}

function PageOf({ id }: { readonly id: string }) {
  const { state, refreshing, readAgain } = usePolled(id, (abortSignal) => readSlo(id, abortSignal));
  const [frame, width] = useElementWidth();
  const title = cut(state.kind === 'ready' ? state.data.displayName : id);
  useEffect(() => {
    document.title = t('slo.document-title', '{{title}} - Sentinel', { title, interpolation: unescaped });
  }, [title]);
  return (
    <PluginPage
      pageNav={{ text: title, parentItem: { text: t('slos.title', 'SLOs'), url: slosPath } }}
      actions={
        <Stack gap={1} alignItems="center" wrap="wrap">
          <Freshness state={state} live={false} />
        </Stack>
      }
    >
      <div ref={frame}>
        {isMissing(state) ? (
          <NotThere
            message={t('slo.not-found', 'There is no SLO {{id}}', { id: cut(id), interpolation: unescaped })}
            why={t('slo.not-found-why', 'The files that the sidecar reads do not name it any more.')}
            all={t('slo.all', 'All SLOs')}
            allPath={slosPath}
          />
        ) : (
          <Loaded
            state={state}
            refreshing={refreshing}
            width={width}
            loading={t('slo.loading', 'Loading the SLO')}
            failed={t('slo.failed', 'The SLO could not be loaded')}
            noun={t('slos.noun', 'SLOs')}
            permission={morePermissions.readSlos}
            onTryAgain={readAgain}
          >
            {({ data }) => <SloView slo={data} />}
          </Loaded>
        )}
      </div>
    </PluginPage>
  );
}
