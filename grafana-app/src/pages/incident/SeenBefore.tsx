import { dateTimeFormat, type GrafanaTheme2, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Stack, Text, TextLink, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { readSimilar, type SimilarIncident } from '../../api/incidents';
import { incidentPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { usePolled } from '../../app/use-polled';
import { causeHeading, causeName, isNamed } from '../../components/incident/cause-words';
import { PartState } from '../../components/PartState';
import { Section } from '../../components/Section';
import { cut } from '../../components/timeline/describe-mark';

const SHOWN_SHARED = 3;

/** Earlier incidents that showed the same, and what they came to: whoever is called wants to know what helped then. */
export function SeenBefore({ id }: { readonly id: string }) {
  const styles = useStyles2(getStyles);
  const { state, readAgain } = usePolled(id, (abortSignal) => readSimilar(id, abortSignal));
  return (
    <Section title={t('incident.seen-before', 'Seen before')} ofPage>
      <PartState
        state={state}
        failed={t('incident.seen-before-failed', 'Earlier incidents could not be loaded')}
        onTryAgain={readAgain}
      >
        {({ items }) =>
          items.length === 0 ? (
            <Text color="secondary">{t('incident.never-seen', 'No earlier incident showed the same.')}</Text>
          ) : (
            <ul className={styles.list}>
              {items.map((one) => (
                <li key={one.incident.id}>
                  <Earlier {...one} />
                </li>
              ))}
            </ul>
          )
        }
      </PartState>
    </Section>
  );
}

function Earlier({ incident: { id, title, startMs, cause }, shared }: SimilarIncident) {
  const date = dateTimeFormat(startMs, { format: 'YYYY-MM-DD HH:mm' });
  return (
    <Stack direction="column" gap={0}>
      <TextLink href={locationUtil.assureBaseUrl(incidentPath(id))} inline={false}>
        {t('incident.earlier', 'Incident {{id}}: {{title}}', { id, title: cut(title), interpolation: unescaped })}
      </TextLink>
      <Text color="secondary" variant="bodySmall">
        {[date, ...(isNamed(cause) ? [`${causeHeading(cause)}: ${cut(causeName(cause))}`] : [])].join('. ')}
      </Text>
      <Text color="secondary" variant="bodySmall">
        {sharedText(shared)}
      </Text>
    </Stack>
  );
}

function sharedText(shared: readonly string[]): string {
  const named = shared.slice(0, SHOWN_SHARED).map((one) => cut(one));
  const rest = shared.length - named.length;
  const what = named.join('; ');
  return rest > 0
    ? t('incident.shared-more', 'Both show {{what}} and {{rest}} more.', { what, rest, interpolation: unescaped })
    : t('incident.shared', 'Both show {{what}}.', { what, interpolation: unescaped });
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    overflowWrap: 'anywhere',
  }),
});
