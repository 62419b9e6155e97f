import { TimeRangePicker } from '@grafana/ui';
import { useMemo } from 'react';
import type { ChangeAddress, IncidentAddress } from './incident-address';
import { moved, toTimeRange, toWords, widened } from './time-words';

interface Props {
  readonly address: IncidentAddress;
  readonly onChange: ChangeAddress;
}

export function RangeField({ address: { from, to }, onChange }: Props) {
  const range = useMemo(() => toTimeRange({ from, to }), [from, to]);
  const words = { from, to };
  return (
    <TimeRangePicker
      value={range}
      isOnCanvas
      onChange={(chosen) => onChange(toWords(chosen))}
      onChangeTimeZone={() => undefined}
      onMoveBackward={() => onChange(moved(words, -1))}
      onMoveForward={() => onChange(moved(words, 1))}
      onZoom={() => onChange(widened(words))}
    />
  );
}
