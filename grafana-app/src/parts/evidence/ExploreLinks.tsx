import { t } from '@grafana/i18n';
import { Stack, Text } from '@grafana/ui';
import type { AppSettings } from '../../app/settings';
import { logsLink, scoreLink, tracesLink } from '../../grafana/explore-link';
import { canExplore } from '../../grafana/allowed';
import type { Evidence } from './evidence-scene';
import { ExploreLink } from './ExploreLink';

/** Where to look further, and why a way is not there. */
export function ExploreLinks({ settings, ...looked }: Evidence) {
  const links = canExplore();
  const texts = missing(settings, links);
  return (
    <>
      {links && (
        <Stack gap={1} wrap="wrap">
          <ExploreLink href={scoreLink(settings, looked)}>{t('anomaly.series', 'Series and score')}</ExploreLink>
          <ExploreLink href={logsLink(settings, looked)}>{t('anomaly.logs', 'Logs around')}</ExploreLink>
          <ExploreLink href={tracesLink(settings, looked)}>{t('anomaly.traces-around', 'Traces around')}</ExploreLink>
        </Stack>
      )}
      {texts.length > 0 && <Text color="secondary">{texts.join('. ')}</Text>}
    </>
  );
}

function missing({ metricsUid, logsUid, tracesUid }: AppSettings, links: boolean): string[] {
  return links
    ? [
        ...(metricsUid ? [] : [t('anomaly.no-metrics', 'Metrics data source not chosen')]),
        ...(logsUid ? [] : [t('anomaly.no-logs', 'Logs data source not chosen')]),
        ...(tracesUid ? [] : [t('anomaly.no-traces', 'Traces data source not chosen')]),
      ]
    : [t('anomaly.no-explore', 'Looking further needs the permission datasources:explore.')];
}
