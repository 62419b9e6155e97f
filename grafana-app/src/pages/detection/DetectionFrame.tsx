import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import { type ReactNode, useEffect } from 'react';
import type { LoadState } from '../../app/load-state';
import { coveragePath, drillsPath, shadowPath, tuningPath } from '../../app/routes';
import { Freshness } from '../../components/Freshness';
import { Loaded } from '../../components/Loaded';
import { useElementWidth } from '../../components/use-element-width';
import { permissions } from '../../grafana/permissions';

type DetectionTab = 'coverage' | 'tuning' | 'shadow' | 'drills';

type Ready<Data> = Extract<LoadState<Data>, { kind: 'ready' }>;

interface Props<Data> {
  readonly tab: DetectionTab;
  readonly polled: {
    readonly state: LoadState<Data>;
    readonly refreshing: boolean;
    readonly readAgain: () => void;
  };
  /** In the page head. */
  readonly actions?: ReactNode;
  /** What stands above the data in every state. */
  readonly above?: (width: number) => ReactNode;
  readonly children: (ready: Ready<Data>, width: number) => ReactNode;
}

/** What all pages of detection have in common: tabs, and their data in whatever state they are. */
export function DetectionFrame<Data>({ tab, polled, actions, above, children }: Props<Data>) {
  const { state, refreshing, readAgain } = polled;
  const [frame, width] = useElementWidth();
  useEffect(() => {
    document.title = t('coverage.document-title', 'Detection - Sentinel');
  }, []);
  return (
    <PluginPage
      pageNav={{ text: t('coverage.title', 'Detection'), hideFromBreadcrumbs: true, children: tabsOf(tab) }}
      actions={
        <Stack gap={2} alignItems="center">
          {actions}
          <Freshness state={state} live={false} />
        </Stack>
      }
    >
      <div ref={frame}>
        <Stack direction="column" gap={2}>
          {above?.(width)}
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
            {(ready) => children(ready, width)}
          </Loaded>
        </Stack>
      </div>
    </PluginPage>
  );
}

function tabsOf(active: DetectionTab) {
  const tabs = [
    ['coverage', t('detection.coverage', 'Coverage'), coveragePath],
    ['tuning', t('detection.tuning', 'Tuning'), tuningPath],
    ['shadow', t('detection.shadow', 'Shadow'), shadowPath],
    ['drills', t('detection.drills', 'Drills'), drillsPath],
  ] as const;
  return tabs.map(([id, text, path]) => ({
    id,
    text,
    url: locationUtil.assureBaseUrl(path),
    active: id === active,
  }));
}
