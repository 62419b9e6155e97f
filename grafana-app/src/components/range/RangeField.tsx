import { TimeRangePicker } from '@grafana/ui';
import { useMemo } from 'react';
import { moved, toTimeRange, toWords, widened, type Words } from './time-words';

interface Props {
  readonly words: Words;
  readonly onChange: (words: Words) => void;
}

export function RangeField({ words, onChange }: Props) {
  const { from, to } = words;
  const range = useMemo(() => toTimeRange({ from, to }), [from, to]);
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
