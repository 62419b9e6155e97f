import { t } from '@grafana/i18n';
import { Button, Combobox, Stack, Text } from '@grafana/ui';
import { Suspense, useCallback, useId } from 'react';
import { readCoverage } from '../../api/coverage';
import { sayMissed } from '../../api/feedback';
import type { AppSettings } from '../../app/settings';
import type { Commands } from '../../app/use-commands';
import { HiddenLabel } from '../../components/HiddenLabel';
import { toSpan } from '../../components/range/time-words';
import { cut } from '../../components/timeline/describe-mark';
import { canGiveFeedback } from '../../grafana/allowed';
import type { ChangeTuning, TuningAddress } from './tuning-address';
import { useSeriesTitle } from './use-series-title';
import { EvidencePanels } from '../../parts/lazy-panels';
import { PanelsToCome } from '../../parts/evidence/PanelsToCome';

const OFFERED_AT_MOST = 50;

interface Props {
  readonly address: TuningAddress;
  readonly settings: AppSettings;
  readonly commands: Commands;
  readonly onChange: ChangeTuning;
}

/** A series with what was expected and how odd it was, in the chosen time; and a way to say that something was missed. */
export function SeriesView({ address: { series, from, to }, settings, commands, onChange }: Props) {
  const field = useId();
  const title = useSeriesTitle(series);

  // The list is asked for anew when this is another function.
  const offered = useCallback(async (q: string) => {
    const { items } = await readCoverage({ limit: OFFERED_AT_MOST, ...(q === '' ? {} : { q }) });
    return items.map(({ seriesId, title }) => ({ value: seriesId, label: cut(title) }));
  }, []);

  async function missed() {
    const { fromMs, toMs } = toSpan({ from, to });
    let id = '';
    const say = async () => {
      ({ id } = await sayMissed(series, { from: Math.round(fromMs), to: Math.round(toMs) }));
    };
    if (await commands.run(say)) {
      onChange({ receipt: id });
    }
  }

  return (
    <Stack direction="column" gap={1}>
      <Stack gap={1} wrap="wrap" alignItems="center">
        <HiddenLabel htmlFor={field}>{t('coverage.series', 'Series')}</HiddenLabel>
        <Combobox
          id={field}
          width={60}
          placeholder={t('tuning.choose', 'Choose a series')}
          options={offered}
          value={series === '' ? null : { value: series, label: cut(title) }}
          isClearable
          onChange={(chosen) => onChange({ series: chosen?.value ?? '' })}
        />
        {series !== '' && canGiveFeedback() && (
          <Button
            variant="secondary"
            icon="bell"
            disabled={commands.busy}
            tooltip={t('tuning.missed-hint', 'Something was odd in the shown time. Shows what would find it.')}
            onClick={() => void missed()}
          >
            {t('tuning.missed', 'Missed')}
          </Button>
        )}
      </Stack>
      {series === '' ? (
        <Text color="secondary">
          {t('tuning.choose-why', 'A series is shown with what was expected of it and how odd it was.')}
        </Text>
      ) : (
        <Suspense fallback={<PanelsToCome />}>
          <EvidencePanels
            key={`${series} ${from} ${to}`}
            series={[{ id: series }]}
            evident={{ series: { id: series, service: '', measure: 'value' } }}
            span={toSpan({ from, to })}
            settings={settings}
          />
        </Suspense>
      )}
    </Stack>
  );
}
