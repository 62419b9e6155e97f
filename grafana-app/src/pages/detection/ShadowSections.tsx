import { t } from '@grafana/i18n';
import { Alert, Button, Stack, Text } from '@grafana/ui';
import { css } from '@emotion/css';
import { useState } from 'react';
import { promoteShadow, type ShadowReport } from '../../api/shadow';
import { unescaped } from '../../app/unescaped';
import { type Commands, useCommands } from '../../app/use-commands';
import { AskWhyDialog } from '../../components/AskWhyDialog';
import { NotDone } from '../../components/NotDone';
import { Section } from '../../components/Section';
import { timeAgo } from '../../grafana/format-time';
import { formatCount } from '../../grafana/format-value';
import { canChangeDetection } from '../../grafana/allowed';
import { differences, raisedText, whereText } from './shadow-words';
import { ShadowNotes } from './ShadowNotes';

const LONGEST_REASON = 500;

interface Props {
  readonly report: ShadowReport;
  readonly stale: boolean;
  readonly onChanged: () => void;
}

/** The sum in two sentences, what is different about the shadow, and single findings. */
export function ShadowSections({ report, stale, onChanged }: Props) {
  const commands = useCommands(onChanged);
  const changes = differences(report);
  return (
    <Stack direction="column" gap={3}>
      <NotDone commands={commands} />
      <Section
        title={raisedText(report)}
        ofPage
        actions={canChangeDetection() && <Promote stale={stale} commands={commands} />}
      >
        <Text>{whereText(report)}</Text>
        <Text color="secondary">{countedText(report)}</Text>
        {report.seriesLeftOut > 0 && (
          <Alert severity="info" title={t('shadow.left-out', 'Not all series are compared')}>
            {t('shadow.left-out-why', 'For {{series}} there was no room (score.shadow.max_series).', {
              series: formatCount(report.seriesLeftOut),
              interpolation: unescaped,
            })}
          </Alert>
        )}
      </Section>
      <Section title={t('shadow.different', 'What is different')} ofPage>
        {changes.length === 0 ? (
          <Text color="secondary">{t('shadow.same', 'Nothing: it has the settings and rules of the live one.')}</Text>
        ) : (
          <ul className={indented}>
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('shadow.notes', 'Where they do not agree')} ofPage>
        <ShadowNotes notes={report.notes} />
      </Section>
    </Stack>
  );
}

function Promote({ stale, commands }: { readonly stale: boolean; readonly commands: Commands }) {
  const [asking, setAsking] = useState(false);
  const act = t('shadow.promote', 'Use it live');
  return (
    <>
      <Button variant="secondary" disabled={stale || commands.busy} onClick={() => setAsking(true)}>
        {act}
      </Button>
      {asking && (
        <AskWhyDialog
          title={t('shadow.promote-ask', 'Use the settings and rules of the shadow live?')}
          act={act}
          isReasonNeeded={false}
          longest={LONGEST_REASON}
          onDismiss={() => setAsking(false)}
          onAct={(why) => {
            setAsking(false);
            void commands.run(() => promoteShadow(why));
          }}
        >
          <Text>
            {t('shadow.promote-text', 'They act at once, as a new version. The page Tuning rolls back to any version.')}
          </Text>
        </AskWhyDialog>
      )}
    </>
  );
}

function countedText({ sinceMs, series, steps, sharesScores }: ShadowReport): string {
  const counted = t('shadow.counted', 'Counted from {{ago}} on, over {{series}} series and {{steps}} steps.', {
    ago: timeAgo(sinceMs),
    series: formatCount(series),
    steps: formatCount(steps),
    interpolation: unescaped,
  });
  const how = sharesScores
    ? t('shadow.shares', 'It judges the scores of the live detectors.')
    : t('shadow.learns', 'A copy of the detectors learns by itself.');
  return `${counted} ${how}`;
}

const indented = css({ paddingLeft: 20 });
