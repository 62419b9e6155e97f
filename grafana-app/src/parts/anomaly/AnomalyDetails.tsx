import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, Stack, Text, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { type ReactNode, Suspense } from 'react';
import type { Anomaly } from '../../api/anomalies';
import type { AppSettings } from '../../app/settings';
import { unescaped } from '../../app/unescaped';
import { Section } from '../../components/Section';
import { TimeOf } from '../../components/TimeOf';
import { cut } from '../../components/timeline/describe-mark';
import { rangeAround, traceLink } from '../../grafana/explore-link';
import { formatDuration, formatValue } from '../../grafana/format-value';
import { canExplore } from '../../grafana/allowed';
import { ExploreLink } from '../evidence/ExploreLink';
import { ExploreLinks } from '../evidence/ExploreLinks';
import { FeedbackSection } from '../feedback/FeedbackSection';
import { EvidencePanels } from '../lazy-panels';
import { PanelsToCome } from '../evidence/PanelsToCome';
import { plainList } from '../../components/plain-list';

/** A sentence may hold a log template. */
const LONGEST_SENTENCE = 400;

interface Props {
  readonly anomaly: Anomaly;
  readonly settings: AppSettings;
}

/** What was seen and expected, who says so and who does not, and where to look further. */
export function AnomalyDetails({ anomaly, settings }: Props) {
  const styles = useStyles2(getStyles);
  const span = rangeAround(anomaly);
  const odd = { id: anomaly.series.id, startMs: anomaly.startMs };
  return (
    <Stack direction="column" gap={3}>
      <p className={styles.sentence}>{cut(anomaly.sentence, LONGEST_SENTENCE)}</p>
      <Facts anomaly={anomaly} />
      <Reasons anomaly={anomaly} />
      <FeedbackSection anomaly={anomaly} />
      <Section title={t('anomaly.evidence', 'Evidence')}>
        <ExploreLinks evident={anomaly} span={span} settings={settings} />
        <Suspense fallback={<PanelsToCome />}>
          <EvidencePanels series={[odd]} evident={anomaly} span={span} settings={settings} />
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
  const span = rangeAround(anomaly);
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
              const href = links ? traceLink(settings, traceId, span) : undefined;
              return (
                <li key={traceId}>{href === undefined ? traceId : <ExploreLink href={href}>{traceId}</ExploreLink>}</li>
              );
            })}
          </ul>
        </Section>
      )}
    </>
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
  list: plainList(theme),
  lines: css({ margin: 0, maxHeight: 240, overflow: 'auto', fontSize: theme.typography.bodySmall.fontSize }),
});
