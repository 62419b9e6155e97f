import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, Text, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { CauseEvidence } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import { cut } from '../../components/timeline/describe-mark';
import { clock } from '../../grafana/format-time';
import type { Story } from './story';
import { plainList } from '../../components/plain-list';

/** What an item of evidence leads to. */
export interface EvidenceLinks {
  readonly story: Story;
  /** Opens an anomaly's details. */
  readonly onOpen: (anomalyId: string) => void;
}

interface Props extends EvidenceLinks {
  readonly title: string;
  /** What an empty list means. */
  readonly nothing: string;
  readonly evidence: readonly CauseEvidence[];
}

const SHOWN_AT_FIRST = 3;

/** Sentences with value, expectation and range; each leads to the anomaly that shows it. */
export function EvidenceList({ title, nothing, evidence, story, onOpen }: Props) {
  const styles = useStyles2(getStyles);
  const [all, setAll] = useState(false);
  const shown = all ? evidence : evidence.slice(0, SHOWN_AT_FIRST);
  const rest = evidence.length - shown.length;
  return (
    <div>
      <Text element="h3" variant="bodySmall" color="secondary">
        {`${title} (${evidence.length})`}
      </Text>
      {evidence.length === 0 && <Text color="secondary">{nothing}</Text>}
      <ul className={styles.list}>
        {shown.map((item) => {
          const anomaly = story.anomalies.find(({ seriesId }) => seriesId === item.seriesId);
          return (
            <li key={`${item.sentence} ${item.fromMs}`}>
              <div>{cut(item.sentence)}</div>
              <Stack gap={1} alignItems="center">
                <Text color="secondary" variant="bodySmall">
                  {rangeText(item)}
                </Text>
                {anomaly !== undefined && (
                  <Button size="sm" variant="secondary" fill="text" onClick={() => onOpen(anomaly.id)}>
                    {t('cause.details', 'Details')}
                  </Button>
                )}
              </Stack>
            </li>
          );
        })}
      </ul>
      {rest > 0 && (
        <Button size="sm" variant="secondary" fill="text" onClick={() => setAll(true)}>
          {t('cause.more', '{{rest}} more', { rest, interpolation: unescaped })}
        </Button>
      )}
    </div>
  );
}

function rangeText({ fromMs, toMs }: CauseEvidence): string {
  return fromMs === toMs
    ? clock(fromMs)
    : t('timeline.range', '{{from}} to {{to}}', { from: clock(fromMs), to: clock(toMs), interpolation: unescaped });
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: plainList(theme),
});
