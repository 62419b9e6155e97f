import { Combobox } from '@grafana/ui';
import { useId } from 'react';
import { HiddenLabel } from '../HiddenLabel';

interface Props<Value extends string> {
  readonly label: string;
  readonly width: number;
  readonly value: Value;
  readonly options: ReadonlyArray<readonly [Value, string]>;
  readonly onChange: (value: Value) => void;
}

/** One of a few; each option's text says what it filters. */
export function ChoiceFilter<Value extends string>({ label, width, value, options, onChange }: Props<Value>) {
  const id = useId();
  return (
    <>
      <HiddenLabel htmlFor={id}>{label}</HiddenLabel>
      <Combobox
        width={width}
        id={id}
        value={value}
        options={options.map(([key, text]) => ({ value: key, label: text }))}
        onChange={(chosen) => onChange(chosen.value)}
      />
    </>
  );
}
