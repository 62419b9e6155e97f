import { usePluginContext } from '@grafana/data';
import type { ReactNode } from 'react';
import { PLUGIN_ID } from '../app/settings';

/**
 * Marks what is drawn elsewhere on the page (in a drawer, in a card above all else) as the plugin's own. Grafana's front-end
 * sandbox hands a plugin an empty stand-in for every element outside of such a part: what is measured there has no size, and
 * panels stay blank.
 */
export function OwnPart({ children }: { readonly children: ReactNode }) {
  const plugin = usePluginContext();
  return <div data-plugin-sandbox={plugin?.meta.id ?? PLUGIN_ID}>{children}</div>;
}
