import '../public-path';
import { PanelPlugin, type PanelProps } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { translationsReady } from '../../app/translations';
import { keepOptions } from '../keep-options';
import { addOptions, type TimelineOptions } from './options';

const LazyPanel = lazy(async () => {
  await translationsReady;
  return import('./TimelinePanel');
});

const TimelinePanel = (props: PanelProps<TimelineOptions>) => (
  <Suspense fallback={null}>
    <LazyPanel {...props} />
  </Suspense>
);

export const plugin = new PanelPlugin<TimelineOptions>(TimelinePanel)
  .setPanelOptions(addOptions)
  .setMigrationHandler(keepOptions);
