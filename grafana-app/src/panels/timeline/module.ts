import './public-path';
import { PanelPlugin } from '@grafana/data';
import { migrate } from './migrate';
import { addOptions, type TimelineOptions } from './options';
import { TimelinePanel } from './TimelinePanel';

export const plugin = new PanelPlugin<TimelineOptions>(TimelinePanel)
  .setPanelOptions(addOptions)
  .setMigrationHandler(migrate);
