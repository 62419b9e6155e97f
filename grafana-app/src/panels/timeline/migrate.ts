import type { PanelModel } from '@grafana/data';
import type { TimelineOptions } from './options';

/** Version 1 has nothing to migrate from; options that an older or newer version wrote and this one lacks are left alone. */
export function migrate({ options }: PanelModel<Partial<TimelineOptions>>): Partial<TimelineOptions> {
  return options;
}
