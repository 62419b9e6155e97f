import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Button, Stack, Text, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { useMemo, useState } from 'react';
import { type Feedback, rollBackTo, type TuningVersion, type TuningVersionList } from '../../api/feedback';
import { unescaped } from '../../app/unescaped';
import type { Commands } from '../../app/use-commands';
import { AskWhyDialog } from '../../components/AskWhyDialog';
import { TimeOf } from '../../components/TimeOf';
import { cut } from '../../components/timeline/describe-mark';
import { canChangeDetection } from '../../grafana/allowed';
import { versionChanges } from './version-changes';

const LONGEST_REASON = 500;

interface Props {
  readonly versions: TuningVersionList;
  /** For the titles of the series that rules are about. */
  readonly feedback: readonly Feedback[];
  readonly stale: boolean;
  readonly commands: Commands;
}

/** Newest first: who changed what and why, which one acts, and the way back to any of them. */
export function VersionList({ versions: { items, acting }, feedback, stale, commands }: Props) {
  const styles = useStyles2(getStyles);
  const [asked, setAsked] = useState<number>();
  const titles = useMemo(() => new Map(feedback.map(({ seriesId, title }) => [seriesId, title])), [feedback]);
  const mayRollBack = canChangeDetection();
  return (
    <>
      <ol className={styles.list} aria-label={t('tuning.versions', 'Versions of the rules')}>
        {items.map((one, index) => (
          <li key={one.version}>
            <Stack gap={1} alignItems="center" wrap="wrap">
              <Text weight="medium">{versionName(one.version)}</Text>
              {one.version === acting && <Badge color="blue" icon="check" text={t('tuning.acts', 'Acts')} />}
              <Text color="secondary" variant="bodySmall">
                {cut(one.by)} <TimeOf timeMs={one.atMs} />
              </Text>
              {mayRollBack && one.version !== acting && (
                <Button
                  size="sm"
                  variant="secondary"
                  fill="outline"
                  disabled={stale || commands.busy}
                  onClick={() => setAsked(one.version)}
                >
                  {t('tuning.roll-back', 'Roll back to version {{version}}', {
                    version: one.version,
                    interpolation: unescaped,
                  })}
                </Button>
              )}
            </Stack>
            <Changes version={one} before={items[index + 1]} titles={titles} />
          </li>
        ))}
        <Shipped items={items} acting={acting} mayRollBack={mayRollBack && !stale && !commands.busy} onAsk={setAsked} />
      </ol>
      {asked !== undefined && (
        <AskWhyDialog
          title={t('tuning.roll-back-ask', 'Roll back to version {{version}}?', {
            version: asked,
            interpolation: unescaped,
          })}
          act={t('receipt.roll-back', 'Roll back')}
          isReasonNeeded={false}
          longest={LONGEST_REASON}
          onDismiss={() => setAsked(undefined)}
          onAct={(why) => {
            setAsked(undefined);
            void commands.run(() => rollBackTo(asked, why));
          }}
        >
          <Text>{t('tuning.roll-back-text', 'Its rules act at once, as a new version. No version is lost.')}</Text>
        </AskWhyDialog>
      )}
    </>
  );
}

interface ChangesProps {
  readonly version: TuningVersion;
  readonly before: TuningVersion | undefined;
  readonly titles: ReadonlyMap<string, string>;
}

function Changes({ version, before, titles }: ChangesProps) {
  const changes = versionChanges(version, before, titles);
  return (
    <>
      <div>{cut(version.why, 400)}</div>
      {changes.map((change) => (
        <Text key={change} element="p" color="secondary">
          {change}
        </Text>
      ))}
    </>
  );
}

interface ShippedProps {
  readonly items: readonly TuningVersion[];
  readonly acting: number;
  readonly mayRollBack: boolean;
  readonly onAsk: (version: number) => void;
}

/** Version 0 is not stored: it is the program without rules, and the way back to it is always there. */
function Shipped({ items, acting, mayRollBack, onAsk }: ShippedProps) {
  return items.some(({ version }) => version === 0) ? null : (
    <li>
      <Stack gap={1} alignItems="center" wrap="wrap">
        <Text weight="medium">{versionName(0)}</Text>
        {acting === 0 && <Badge color="blue" icon="check" text={t('tuning.acts', 'Acts')} />}
        {acting !== 0 && mayRollBack && (
          <Button size="sm" variant="secondary" fill="outline" onClick={() => onAsk(0)}>
            {t('tuning.roll-back', 'Roll back to version {{version}}', { version: 0, interpolation: unescaped })}
          </Button>
        )}
      </Stack>
      <Text color="secondary">{t('tuning.shipped', 'As shipped, without rules.')}</Text>
    </li>
  );
}

function versionName(version: number): string {
  return t('tuning.version', 'Version {{version}}', { version, interpolation: unescaped });
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    overflowWrap: 'anywhere',
    p: { margin: 0 },
  }),
});
