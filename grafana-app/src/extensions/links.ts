import { type PluginExtensionAddedLinkConfig, PluginExtensionPoints, type RawTimeRange } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { coveragePath, incidentsPath } from '../app/routes';
import { canReadDetection, canReadIncidents } from '../grafana/permissions';
import { incidentsLink } from './incidents-link';
import { serviceOf, servicesShown, type Shown } from './services-of';

// Loaded with module.js on every page that has one of these places: no component is imported here. Titles are those of
// plugin.json, which Grafana compares, so they are not translated; the menu of a panel cuts them at 25 characters.

interface PanelOrExplore extends Shown {
  readonly timeRange?: RawTimeRange;
}

interface AlertRule {
  readonly labels?: Readonly<Record<string, string>>;
}

/** Times in microseconds. */
interface Trace {
  readonly services?: ReadonlyArray<{ readonly name: string }>;
  readonly startTime?: number;
  readonly endTime?: number;
}

const AROUND_MS = 15 * 60_000;

/** From a panel or from Explore to the incidents of the services that are shown there, in the same range. */
export const forSeries: PluginExtensionAddedLinkConfig<PanelOrExplore> = {
  title: 'Incidents of this series',
  description: 'What Sentinel found in these services in this time range',
  targets: [PluginExtensionPoints.DashboardPanelMenu, PluginExtensionPoints.ExploreToolbarAction],
  icon: 'exclamation-triangle',
  path: incidentsPath,
  configure: (context) => reading({ services: servicesShown(context ?? {}), range: context?.timeRange }),
};

/** Grafana shows it on rules with the label `__grafana_origin: plugin/sentinel-observability-app` only. */
export const forRule: PluginExtensionAddedLinkConfig<AlertRule> = {
  title: 'Incidents of this rule',
  description: 'What Sentinel found in the service that this rule watches',
  targets: PluginExtensionPoints.AlertingAlertingRuleAction,
  icon: 'exclamation-triangle',
  path: incidentsPath,
  configure: (context) => reading({ services: serviceOf(context?.labels) }),
};

export const forTrace: PluginExtensionAddedLinkConfig<Trace> = {
  title: 'Incidents around this trace',
  description: 'What Sentinel found in the services of this trace, a quarter of an hour before and after',
  targets: PluginExtensionPoints.TraceViewHeaderActions,
  icon: 'exclamation-triangle',
  path: incidentsPath,
  configure: ({ services = [], startTime = 0, endTime = startTime }: Trace = {}) => {
    const [from, to] = [startTime / 1000 - AROUND_MS, endTime / 1000 + AROUND_MS];
    const range = startTime === 0 ? undefined : { from: String(Math.floor(from)), to: String(Math.ceil(to)) };
    return reading({ services: services.map(({ name }) => name), range });
  },
};

/** With a path alone, Grafana 13.1 closes the palette and stays where it is. */
const palette = PluginExtensionPoints.CommandPalette;

export const toIncidents: PluginExtensionAddedLinkConfig = {
  title: 'Sentinel: Incidents',
  description: 'What is wrong, since when, in order of severity',
  targets: palette,
  onClick: () => locationService.push(incidentsPath),
  configure: () => (canReadIncidents() ? {} : undefined),
};

export const toDetection: PluginExtensionAddedLinkConfig = {
  title: 'Sentinel: Detection',
  description: 'What is watched, what is not, and why',
  targets: palette,
  onClick: () => locationService.push(coveragePath),
  configure: () => (canReadDetection() ? {} : undefined),
};

/** Nobody is led to where they may not go. */
function reading(target: Parameters<typeof incidentsLink>[0]) {
  return canReadIncidents() ? { path: incidentsLink(target) } : undefined;
}
