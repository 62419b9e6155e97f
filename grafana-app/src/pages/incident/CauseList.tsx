import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Stack, Text, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import type { CauseCandidate, CauseList as Causes } from '../../api/incidents';
import { causeHeading, causeName, confidenceWords, verdictWord } from '../../components/incident/cause-words';
import { cut } from '../../components/timeline/describe-mark';
import { EvidenceList, type EvidenceLinks } from './EvidenceList';

interface Props extends EvidenceLinks {
  /** Undefined before the first ranking. */
  readonly causes: Causes | undefined;
}

const verdictBadges = {
  supported: { color: 'green', icon: 'check-circle' },
  undecided: { color: 'orange', icon: 'question-circle' },
  contradicted: { color: 'darkgrey', icon: 'times-circle' },
} as const;

/** Candidates in the order of the ranking, each with what speaks for and against it. */
export function CauseList({ causes, ...links }: Props) {
  const candidates = causes?.candidates ?? [];
  const styles = useStyles2(getStyles);
  return (
    <section aria-label={t('cause.title', 'Causes')}>
      <Stack direction="column" gap={1}>
        <Text element="h2" variant="h4">
          {candidates.length === 0 ? t('cause.title', 'Causes') : causeHeading(candidates[0])}
        </Text>
        {candidates.length === 0 ? (
          <Stack direction="column" gap={0}>
            <span>{t('cause.no-candidate', 'No candidate yet')}</span>
            <Text color="secondary">
              {t('cause.no-candidate-why', 'Ranking starts one bucket after the incident opens.')}
            </Text>
          </Stack>
        ) : (
          <ol className={styles.list}>
            {candidates.map((candidate) => (
              <li key={`${candidate.kind} ${candidate.title}`}>
                <Candidate candidate={candidate} {...links} />
              </li>
            ))}
          </ol>
        )}
      </Stack>
    </section>
  );
}

function Candidate({ candidate, ...links }: EvidenceLinks & { readonly candidate: CauseCandidate }) {
  const styles = useStyles2(getStyles);
  const { kind, verdict, confidence, supporting, contradicting, missing } = candidate;
  const sure = verdict === 'supported' && kind !== 'symptom' ? confidenceWords(confidence) : undefined;
  return (
    <Stack direction="column" gap={1}>
      <Stack gap={1} alignItems="center" wrap="wrap">
        <Text weight="medium">{cut(causeName(candidate))}</Text>
        <Badge {...verdictBadges[verdict]} text={verdictWord(verdict)} />
        {kind === 'symptom' && <Badge color="darkgrey" text={t('cause.symptom', 'Symptom')} />}
        {sure && <Badge color="darkgrey" text={sure.word} tooltip={sure.meaning} />}
      </Stack>
      <div className={styles.sides}>
        <EvidenceList
          title={t('cause.for', 'For')}
          nothing={t('cause.nothing-for', 'Nothing speaks for it.')}
          evidence={supporting}
          {...links}
        />
        <EvidenceList
          title={t('cause.against', 'Against')}
          nothing={t('cause.nothing-against', 'Nothing found against it.')}
          evidence={contradicting}
          {...links}
        />
      </div>
      {missing.length > 0 && (
        <Text color="secondary">{`${t('cause.missing', 'Missing:')} ${missing.map((text) => cut(text)).join(' ')}`}</Text>
      )}
    </Stack>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStylePosition: 'outside',
    paddingLeft: theme.spacing(3),
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    overflowWrap: 'anywhere',
  }),
  sides: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
  }),
});
