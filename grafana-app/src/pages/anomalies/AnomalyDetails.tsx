import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useReturnToPrevious } from '@grafana/runtime';
import { Icon, LinkButton, Stack, Text, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { lazy, type ReactNode, Suspense } from 'react';
import type { Anomaly } from '../../api/anomalies';
import type { AppSettings } from '../../app/settings';
import { unescaped } from '../../app/unescaped';
import { Section } from '../../components/Section';
import { TimeOf } from '../../components/TimeOf';
import { cut } from '../../components/timeline/describe-mark';
import { logsLink, scoreLink, traceLink, tracesLink } from '../../grafana/explore-link';
import { formatDuration, formatValue } from '../../grafana/format-value';
import { canExplore } from '../../grafana/permissions';

import { FeedbackSection } from './feedback/FeedbackSection';

// Grafana's panels come with a library larger than all of the app: it is loaded when somebody looks at evidence.
const EvidencePanels = lazy(() => import('./evidence/EvidencePanels'));

/** A sentence may hold a log template. */
const LONGEST_SENTENCE = 400;

interface Props {
  readonly anomaly: Anomaly;
  readonly settings: AppSettings;
}

/** What was seen and expected, who says so and who does not, and where to look further. */
export function AnomalyDetails({ anomaly, settings }: Props) {
  const links = canExplore();
  const styles = useStyles2(getStyles);
  return (
    <Stack direction="column" gap={3}>
      <p className={styles.sentence}>{cut(anomaly.sentence, LONGEST_SENTENCE)}</p>
      <Facts anomaly={anomaly} />
      <Reasons anomaly={anomaly} />
      <FeedbackSection anomaly={anomaly} />
      <Section title={t('anomaly.evidence', 'Evidence')}>
        <Stack gap={1} wrap="wrap">
          {links && <Explore href={scoreLink(settings, anomaly)}>{t('anomaly.series', 'Series and score')}</Explore>}
          {links && <Explore href={logsLink(settings, anomaly)}>{t('anomaly.logs', 'Logs around')}</Explore>}
          {links && (
            <Explore href={tracesLink(settings, anomaly)}>{t('anomaly.traces-around', 'Traces around')}</Explore>
          )}
        </Stack>
        <Missing settings={settings} canExplore={links} />
        <Suspense fallback={null}>
          <EvidencePanels anomaly={anomaly} settings={settings} />
        </Suspense>
      </Section>
      <Examples anomaly={anomaly} settings={settings} />
    </Stack>
  );
}

function Facts({ anomaly }: { readonly anomaly: Anomaly }) {
  const styles = useStyles2(getStyles);
  const { series, observed, expected, lower, upper, startMs, peakMs, endMs, peakScore } = anomaly;
  const noData = t('anomaly.no-data', 'No data');
  const value = (number: number | null) => formatValue(series, number) ?? noData;
  const band = t('anomaly.band-values', '{{lower}} to {{upper}}', {
    lower: value(lower),
    upper: value(upper),
    interpolation: unescaped,
  });
  const facts: ReadonlyArray<readonly [string, ReactNode]> = [
    [t('anomaly.observed', 'Observed'), value(observed)],
    [t('anomaly.expected', 'Expected'), value(expected)],
    [t('anomaly.band', 'Expected range'), lower === null && upper === null ? noData : band],
    [t('anomaly.score', 'Score (1 is the border)'), peakScore.toFixed(1)],
    [t('anomaly.start', 'Since'), <TimeOf key="start" timeMs={startMs} />],
    [t('anomaly.peak', 'Peak'), <TimeOf key="peak" timeMs={peakMs} />],
    [t('anomaly.duration', 'Duration'), formatDuration(endMs - startMs)],
    [t('anomaly.service', 'Service'), series.service || noData],
    [t('anomaly.environment', 'Environment'), series.environment || noData],
    ...Object.entries(series.attributes),
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, fact]) => (
        <div key={name} className={styles.fact}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

function Reasons({ anomaly: { reasons } }: Pick<Props, 'anomaly'>) {
  const styles = useStyles2(getStyles);
  const agreed = reasons.filter((reason) => reason.agreed).length;
  const title = t('anomaly.reasons', '{{agreed}} of {{all}} scorers agree', {
    agreed,
    all: reasons.length,
    interpolation: unescaped,
  });
  return (
    <Section title={title}>
      <ul className={styles.list}>
        {reasons.map((reason, index) => (
          <li key={index}>
            <Stack gap={1} alignItems="flex-start">
              <Icon name={reason.agreed ? 'check' : 'times'} />
              <span>
                <Text weight="medium">{reason.detector}</Text>{' '}
                {reason.agreed ? t('anomaly.agrees', '(agrees)') : t('anomaly.disagrees', '(does not agree)')}
                {': '}
                {reason.text}
              </span>
            </Stack>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Examples({ anomaly, settings }: Props) {
  const styles = useStyles2(getStyles);
  const { exampleLines, exampleTraceIds } = anomaly;
  const links = canExplore();
  return (
    <>
      {exampleLines.length > 0 && (
        <Section title={t('anomaly.lines', 'Example lines')}>
          {/* Longer than the drawer is wide: scrolls by itself, and by keys. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={styles.lines} tabIndex={0} aria-label={t('anomaly.lines', 'Example lines')} role="region">
            {exampleLines.join('\n')}
          </pre>
        </Section>
      )}
      {exampleTraceIds.length > 0 && (
        <Section title={t('anomaly.traces', 'Example traces')}>
          <ul className={styles.list}>
            {exampleTraceIds.map((traceId) => {
              const href = links ? traceLink(settings, anomaly, traceId) : undefined;
              return <li key={traceId}>{href === undefined ? traceId : <Explore href={href}>{traceId}</Explore>}</li>;
            })}
          </ul>
        </Section>
      )}
    </>
  );
}

/** Why a link is not there. */
function Missing({ settings, canExplore: links }: { readonly settings: AppSettings; readonly canExplore: boolean }) {
  const texts = links
    ? [
        ...(settings.metricsUid ? [] : [t('anomaly.no-metrics', 'Metrics data source not chosen')]),
        ...(settings.logsUid ? [] : [t('anomaly.no-logs', 'Logs data source not chosen')]),
        ...(settings.tracesUid ? [] : [t('anomaly.no-traces', 'Traces data source not chosen')]),
      ]
    : [t('anomaly.no-explore', 'Looking further needs the permission datasources:explore.')];
  return texts.length === 0 ? null : <Text color="secondary">{texts.join('. ')}</Text>;
}

function Explore({ href, children }: { readonly href: string | undefined; readonly children: string }) {
  const returnToPrevious = useReturnToPrevious();
  return href === undefined ? null : (
    <LinkButton
      size="sm"
      variant="secondary"
      icon="compass"
      href={href}
      tooltip={t('anomaly.open-in-explore', 'Open in Explore')}
      onClick={() => returnToPrevious(t('anomalies.title', 'Anomalies'))}
    >
      {children}
    </LinkButton>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  sentence: css({ ...theme.typography.h4, margin: 0, overflowWrap: 'anywhere' }),
  // Two beside each other on a phone, so that what the scorers say is seen without scrolling far.
  facts: css({ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(130px, 1fr))', gap: theme.spacing(2) }),
  fact: css({ overflowWrap: 'anywhere' }),
  name: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: 'normal',
  }),
  value: css({ margin: 0, fontVariantNumeric: 'tabular-nums' }),
  list: css({
    listStyle: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  }),
  lines: css({ margin: 0, maxHeight: 240, overflow: 'auto', fontSize: theme.typography.bodySmall.fontSize }),
});
