import type { PanelOptionsEditorBuilder } from '@grafana/data';

/** Options of the panel; their defaults live in the builder. */
export interface TimelineOptions {
  readonly source: 'sentinel' | 'query';
  /** Comma-separated; may hold variables; empty means all. */
  readonly service: string;
  readonly showClosed: boolean;
  readonly showAxis: boolean;
}

export function addOptions(builder: PanelOptionsEditorBuilder<TimelineOptions>): void {
  builder
    .addRadio({
      path: 'source',
      name: 'Source',
      defaultValue: 'sentinel',
      settings: {
        options: [
          { value: 'sentinel', label: 'Sentinel' },
          { value: 'query', label: 'Query' },
        ],
      },
    })
    .addTextInput({ path: 'service', name: 'Service', description: 'Empty shows all.', defaultValue: '' })
    .addBooleanSwitch({ path: 'showClosed', name: 'Show closed', defaultValue: true })
    .addBooleanSwitch({ path: 'showAxis', name: 'Axis', defaultValue: true });
}
