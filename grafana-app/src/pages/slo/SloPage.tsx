import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Button, Stack } from '@grafana/ui';
import { useCallback, useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';
import { readSlo } from '../../api/slos';
import { slosPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { useCommands } from '../../app/use-commands';
import { useLiveEvents } from '../../app/use-live-events';
import { usePolled } from '../../app/use-polled';
import { useUrlState } from '../../app/use-url-state';
import { Freshness } from '../../components/Freshness';
import { Loaded } from '../../components/Loaded';
import { isMissing, NotThere } from '../../components/NotThere';
import { RangeField } from '../../components/range/RangeField';
import { cut } from '../../components/timeline/describe-mark';
import { useElementWidth } from '../../components/use-element-width';
import { canCorrectSlos, morePermissions } from '../../grafana/allowed';
import { CorrectionDrawer } from './CorrectionDrawer';
import { sloForm, wordsOf } from './slo-address';
import { SloView } from './SloView';

/** One error budget: what is left, how fast it goes, what burned it, and what was taken out. */
export function SloPage() {
  const { id = '' } = useParams();
  return <PageOf key={id} id={id} />;
}

function PageOf({ id }: { readonly id: string }) {
  const { state, refreshing, readAgain } = usePolled(id, (abortSignal) => readSlo(id, abortSignal));
  const { address, change } = useUrlState(sloForm);
  const [turn, setTurn] = useState(0);
  const readAll = useCallback(() => {
    setTurn((before) => before + 1);
    readAgain();
  }, [readAgain]);
  const commands = useCommands(readAll);
  const live = useLiveEvents(state.kind === 'ready', readAgain);
  const [frame, width] = useElementWidth();
  const slo = state.kind === 'ready' ? state.data : undefined;
  const stale = state.kind === 'ready' && state.stale;
  const title = cut(slo?.displayName ?? id);
  useEffect(() => {
    document.title = t('slo.document-title', '{{title}} - Sentinel', { title, interpolation: unescaped });
  }, [title]);
  return (
    <PluginPage
      pageNav={{ text: title, parentItem: { text: t('slos.title', 'SLOs'), url: slosPath } }}
      actions={
        <Stack gap={1} alignItems="center" wrap="wrap">
          {slo !== undefined && <RangeField words={wordsOf(address, slo)} onChange={change} />}
          {slo !== undefined && canCorrectSlos() && (
            <Button variant="secondary" disabled={stale} onClick={() => change({ correction: 'new' })}>
              {t('slo.add-correction', 'Add correction')}
            </Button>
          )}
          <Freshness state={state} live={live} />
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
            {({ data }) => <SloView slo={data} address={address} stale={stale} commands={commands} turn={turn} />}
          </Loaded>
        )}
        {slo !== undefined && address.correction === 'new' && canCorrectSlos() && (
          <CorrectionDrawer
            slo={slo}
            stale={stale}
            commands={commands}
            onClose={() => {
              commands.forget();
              change({ correction: '' });
            }}
          />
        )}
      </div>
    </PluginPage>
  );
}
