import { t } from '@grafana/i18n';
import { Alert, Drawer, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { readWindowChanges } from '../../api/window-changes';
import { unescaped } from '../../app/unescaped';
import { usePolled } from '../../app/use-polled';
import { OwnPart } from '../../components/OwnPart';
import { PartState } from '../../components/PartState';
import type { Span } from '../../components/timeline/timeline-event';
import { useEscape } from '../../components/use-escape';
import { clock } from '../../grafana/format-time';
import { formatCount } from '../../grafana/format-value';
import { ChangedTable } from './ChangedTable';

const SERIES_AT_MOST = 50;

interface Props {
  /** The part of the timeline that is shown. */
  readonly span: Span;
  readonly onClose: () => void;
}

/** Which series, of all, were different in the shown time from the time before it. */
export function WindowDrawer({ span, onClose }: Props) {
  const [order, setOrder] = useState<'ks' | 'volume'>('ks');
  // The window stays the one that was asked about, also while the timeline moves on.
  const [{ fromMs, toMs }] = useState(span);
  const { state, readAgain } = usePolled(order, (abortSignal) =>
    readWindowChanges({ from: Math.round(fromMs), to: Math.round(toMs), order, limit: SERIES_AT_MOST }, abortSignal),
  );
  useEscape(true, onClose);
  return (
    <Drawer
      title={t('window.title', 'What changed here')}
      subtitle={t('window.span', '{{from}} to {{to}}, against the time before', {
        from: clock(fromMs),
        to: clock(toMs),
        interpolation: unescaped,
      })}
      size="md"
      onClose={onClose}
    >
      <OwnPart>
        <Stack direction="column" gap={2}>
          <div>
            <RadioButtonGroup
              size="sm"
              aria-label={t('window.order', 'Order')}
              value={order}
              options={[
                { value: 'ks' as const, label: t('window.by-shape', 'By change of shape') },
                { value: 'volume' as const, label: t('window.by-volume', 'By change of volume') },
              ]}
              onChange={setOrder}
            />
          </div>
          <PartState
            state={state}
            failed={t('window.failed', 'What changed could not be loaded')}
            onTryAgain={readAgain}
          >
            {({ items, compared, complete }) => (
              <>
                <Text color="secondary">{comparedText(items.length, compared, complete)}</Text>
                {compared === 0 && (
                  <Alert severity="info" title={t('window.nothing-kept', 'Nothing is kept of this time')}>
                    {t('window.nothing-kept-why', 'The sidecar keeps the steps of a series for a limited time.')}
                  </Alert>
                )}
                {items.length > 0 && <ChangedTable items={items} />}
              </>
            )}
          </PartState>
        </Stack>
      </OwnPart>
    </Drawer>
  );
}

function comparedText(changed: number, compared: number, complete: boolean): string {
  const counts = { changed: formatCount(changed), compared: formatCount(compared), interpolation: unescaped };
  return complete
    ? t('window.compared', '{{changed}} of {{compared}} series changed.', counts)
    : t('window.compared-cut', 'The {{changed}} that changed most, of {{compared}} series.', counts);
}
