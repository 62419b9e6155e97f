import { dateTime, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Drawer, Field, RadioButtonGroup, Stack, Text, TextArea, TimeRangeInput } from '@grafana/ui';
import { useId, useState } from 'react';
import { addCorrection, readSloHistory, type Slo, type SloCorrectionPost, type SloHistory } from '../../api/slos';
import { randomId } from '../../app/random-id';
import type { Commands } from '../../app/use-commands';
import { usePolled } from '../../app/use-polled';
import { NotDone } from '../../components/NotDone';
import { OwnPart } from '../../components/OwnPart';
import { useEscape } from '../../components/use-escape';
import { previewText } from './correction-preview';
import { scopeOptions } from './correction-scopes';

const LONGEST_REASON = 1000;
const HOUR_MS = 3_600_000;

interface Props {
  readonly slo: Slo;
  readonly stale: boolean;
  readonly commands: Commands;
  readonly onClose: () => void;
}

/** Takes a range of time out of the budget: planned downtime is not a broken promise. */
export function CorrectionDrawer({ slo, stale, commands, onClose }: Props) {
  // Chosen once, so that sending it twice keeps one.
  const [id] = useState(randomId);
  const [range, setRange] = useState(lastHour);
  const scopes = scopeOptions(slo);
  const [scope, setScope] = useState(scopes[0]?.value ?? 'slo');
  const [reason, setReason] = useState('');
  const reasonId = useId();
  useEscape(true, onClose);
  const [fromMs, toMs] = [range.from.valueOf(), range.to.valueOf()];
  const ready = reason.trim() !== '' && toMs > fromMs && !stale && !commands.busy;

  async function save() {
    const about = scopes.find(({ value }) => value === scope)?.scope ?? { objective: slo.id };
    const correction: SloCorrectionPost = { id, fromMs, toMs, scope: about, reason: reason.trim() };
    if (await commands.run(() => addCorrection(correction))) {
      onClose();
    }
  }

  return (
    <Drawer title={t('slo.add-correction', 'Add correction')} subtitle={slo.displayName} size="md" onClose={onClose}>
      <OwnPart>
        <Stack direction="column" gap={2}>
          <NotDone commands={commands} />
          <Field label={t('slo.correction-range', 'Range')} noMargin>
            <TimeRangeInput value={range} onChange={setRange} showIcon />
          </Field>
          <Field label={t('slo.correction-scope', 'Takes out of')} noMargin>
            <RadioButtonGroup value={scope} options={scopes} onChange={setScope} />
          </Field>
          <Field label={t('incident.reason', 'Reason')} htmlFor={reasonId} required noMargin>
            <TextArea
              id={reasonId}
              rows={3}
              maxLength={LONGEST_REASON}
              value={reason}
              onChange={({ currentTarget }) => setReason(currentTarget.value)}
            />
          </Field>
          <Preview slo={slo} fromMs={fromMs} toMs={toMs} />
          <div>
            <Button disabled={!ready} onClick={() => void save()}>
              {t('slo.add-correction', 'Add correction')}
            </Button>
          </div>
        </Stack>
      </OwnPart>
    </Drawer>
  );
}

interface PreviewProps {
  readonly slo: Slo;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What would become of the budget, before anything is kept. */
function Preview({ slo, fromMs, toMs }: PreviewProps) {
  // Undefined: all of it lies ahead.
  const { state } = usePolled(`${fromMs} ${toMs}`, async (abortSignal) => {
    const nowMs = Date.now();
    return fromMs >= nowMs
      ? undefined
      : readSloHistory(slo.id, { from: fromMs, to: Math.min(toMs, nowMs) }, abortSignal);
  });
  return (
    <div aria-live="polite" style={{ minHeight: 22 }}>
      {state.kind === 'ready' && <Text>{textOf(slo, state.data)}</Text>}
    </div>
  );
}

function textOf(slo: Slo, history: SloHistory | undefined): string {
  return history === undefined
    ? t('slo.preview-ahead', 'It lies ahead: what it takes out is not known yet.')
    : previewText(slo, history);
}

function lastHour(): TimeRange {
  const [from, to] = [dateTime(Date.now() - HOUR_MS), dateTime(Date.now())];
  return { from, to, raw: { from, to } };
}
