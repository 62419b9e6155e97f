import { AppPlugin, type PluginConfigPageProps, type AppPluginMeta } from '@grafana/data';
import { createElement, lazy, Suspense } from 'react';
import type { AppSettings } from './app/settings';
import { forRule, forSeries, forTrace, toDetection, toIncidents } from './extensions/links';

// Everything imported here is loaded with every page of Grafana that touches the app: keep it to lazy parts.
const LazyApp = lazy(() => import('./app/App'));
const LazyConfigurationPage = lazy(() => import('./pages/configuration/ConfigurationPage'));

const ConfigurationPage = (props: PluginConfigPageProps<AppPluginMeta<AppSettings>>) => (
  <Suspense fallback={null}>
    {/* Spreading the properties would cost 0.7 kB of what every page loads. */}
    {createElement(LazyConfigurationPage, props)}
  </Suspense>
);

export const plugin = new AppPlugin<AppSettings>()
  .setRootPage(LazyApp)
  .addConfigPage({ title: 'Configuration', icon: 'cog', body: ConfigurationPage, id: 'configuration' })
  .addLink(forSeries)
  .addLink(forRule)
  .addLink(forTrace)
  .addLink(toIncidents)
  .addLink(toDetection);
