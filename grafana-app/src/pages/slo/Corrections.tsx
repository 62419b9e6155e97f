import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, Text, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { reverseCorrection, type Slo, type SloCorrected } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import type { Commands } from '../../app/use-commands';
import { AskWhyDialog } from '../../components/AskWhyDialog';
import { leftText } from '../../components/slo/slo-words';
import { cut } from '../../components/timeline/describe-mark';
import { canCorrectSlos } from '../../grafana/allowed';
import { shortDate } from '../../grafana/format-time';
import { plainList } from '../../components/plain-list';

const LONGEST_REASON = 1000;

interface Props {
  readonly slo: Slo;
  readonly corrections: readonly SloCorrected[];
  readonly stale: boolean;
  readonly commands: Commands;
}

/** What was taken out of the budget, by whom and why, and the way back. */
export function Corrections({ slo, corrections, stale, commands }: Props) {
  const styles = useStyles2(getStyles);
  const [asked, setAsked] = useState<string>();
  if (corrections.length === 0) {
    return <Text color="secondary">{t('slo.no-corrections', 'Nothing was taken out.')}</Text>;
  }
  return (
    <>
      <Text color="secondary">
        {t('slo.without', 'Budget without corrections: {{left}}', {
          left: leftText(slo.leftUncorrected),
          interpolation: unescaped,
        })}
      </Text>
      <ul className={styles.list}>
        {corrections.map((corrected) => (
          <li key={corrected.correction.id}>
            <Stack gap={1} alignItems="center" wrap="wrap">
              <span>{correctionText(corrected)}</span>
              {canCorrectSlos() && (
                <Button
                  size="sm"
                  variant="secondary"
                  fill="outline"
                  disabled={stale || commands.busy}
                  onClick={() => setAsked(corrected.correction.id)}
                >
                  {t('slo.reverse', 'Reverse')}
                </Button>
              )}
            </Stack>
          </li>
        ))}
      </ul>
      {asked !== undefined && (
        <AskWhyDialog
          title={t('slo.reverse-ask', 'Reverse this correction?')}
          act={t('slo.reverse-act', 'Reverse correction')}
          isReasonNeeded
          longest={LONGEST_REASON}
          onDismiss={() => setAsked(undefined)}
          onAct={(reason) => {
            setAsked(undefined);
            void commands.run(() => reverseCorrection(asked, reason));
          }}
        >
          <Text>{t('slo.reverse-text', 'The entry stays in the ledger.')}</Text>
        </AskWhyDialog>
      )}
    </>
  );
}

/** "+2.1%: 3 Oct 02:00 to 3 Oct 04:00, DB upgrade, Ana Ruiz" */
function correctionText({ correction, share }: SloCorrected): string {
  const { fromMs, toMs, reason, author } = correction;
  const sign = share !== null && share > 0 ? '+' : '';
  return t('slo.correction', '{{share}}: {{from}} to {{to}}, {{reason}}, {{author}}', {
    share: `${sign}${leftText(share)}`,
    from: shortDate(fromMs),
    to: shortDate(toMs),
    reason: cut(reason),
    author: author === '' ? t('slo.maintenance', 'a maintenance window') : cut(author, 60),
    interpolation: unescaped,
  });
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: plainList(theme),
});
