import '../public-path';
import { FieldConfigProperty, PanelPlugin, type PanelProps, ThresholdsMode } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { translationsReady } from '../../app/translations';
import { keepOptions } from '../keep-options';
import { addOptions, type SloOptions } from './options';

const LazyPanel = lazy(async () => {
  await translationsReady;
  return import('./SloPanel');
});

const SloPanel = (props: PanelProps<SloOptions>) => (
  <Suspense fallback={null}>
    <LazyPanel {...props} />
  </Suspense>
);

/** For budgets that nobody judged: half of it gone is worth a look. */
const thresholds = {
  mode: ThresholdsMode.Absolute,
  steps: [
    { value: -Infinity, color: 'red' },
    { value: 0.1, color: 'orange' },
    { value: 0.5, color: 'green' },
  ],
};

export const plugin = new PanelPlugin<SloOptions>(SloPanel)
  .setPanelOptions(addOptions)
  .useFieldConfig({
    standardOptions: { [FieldConfigProperty.Thresholds]: { defaultValue: thresholds } },
    disableStandardOptions: [FieldConfigProperty.NoValue, FieldConfigProperty.DisplayName],
  })
  .setMigrationHandler(keepOptions);
