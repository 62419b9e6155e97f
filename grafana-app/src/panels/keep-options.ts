import type { PanelModel } from '@grafana/data';

/** Version 1 has nothing to migrate from; options that an older or newer version wrote and this one lacks are left alone. */
export function keepOptions<Options>({ options }: PanelModel<Partial<Options>>): Partial<Options> {
  return options;
}
