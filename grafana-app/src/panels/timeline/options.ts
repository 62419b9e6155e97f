import type { PanelOptionsEditorBuilder, SelectFieldConfigSettings } from '@grafana/data';
import { t } from '@grafana/i18n';
import { serviceOption, sourceOption } from '../../components/panel-options';
import type { Density } from '../../components/timeline/arrange';
import { laneIds, type LaneId } from '../../components/timeline/lane';
import { laneName } from '../../components/timeline/lane-name';

/** Options of the panel; their defaults live in the builder. */
export interface TimelineOptions {
  readonly source: 'sentinel' | 'query';
  readonly lanes: readonly LaneId[];
  /** Comma-separated; may hold variables; empty means all. */
  readonly service: string;
  readonly severity: 'all' | 'major' | 'minor';
  readonly showClosed: boolean;
  readonly density: Density;
  readonly laneNames: 'automatic' | 'full' | 'icons' | 'none';
  readonly showAxis: boolean;
  readonly showLegend: boolean;
  readonly clickOpens: 'card' | 'details';
  readonly maxEvents: number;
}

export const MOST_EVENTS = 20_000;

export function addOptions(builder: PanelOptionsEditorBuilder<TimelineOptions>): void {
  addWhat(builder);
  addHow(builder);
}

function addWhat(builder: PanelOptionsEditorBuilder<TimelineOptions>): void {
  builder
    .addRadio(sourceOption())
    .addMultiSelect<LaneId | LaneId[], SelectFieldConfigSettings<LaneId | LaneId[]>>({
      path: 'lanes',
      name: t('panel.timeline.lanes', 'Lanes'),
      defaultValue: laneIds.filter((lane) => lane !== 'note'),
      settings: { options: laneIds.map((value) => ({ value, label: laneName(value) })) },
    })
    .addTextInput(serviceOption())
    .addSelect({
      path: 'severity',
      name: t('panel.timeline.severity', 'Severity'),
      defaultValue: 'all',
      settings: {
        options: [
          { value: 'all', label: t('panel.timeline.severity-all', 'All') },
          { value: 'major', label: t('severity.major', 'Major') },
          { value: 'minor', label: t('severity.minor', 'Minor') },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'showClosed',
      name: t('panel.timeline.show-closed', 'Show closed'),
      defaultValue: true,
    })
    .addNumberInput({
      path: 'maxEvents',
      name: t('panel.timeline.max-events', 'Maximum events'),
      description: t('panel.timeline.max-events-hint', 'The strongest are shown.'),
      defaultValue: MOST_EVENTS,
      settings: { min: 1, max: MOST_EVENTS, integer: true },
    });
}

function addHow(builder: PanelOptionsEditorBuilder<TimelineOptions>): void {
  const automatic = t('panel.timeline.automatic', 'Automatic');
  builder
    .addRadio({
      path: 'density',
      name: t('panel.timeline.density', 'Density'),
      defaultValue: 'automatic',
      settings: {
        options: [
          { value: 'automatic', label: automatic },
          { value: 'single', label: t('panel.timeline.density-single', 'Single') },
          { value: 'columns', label: t('panel.timeline.density-columns', 'Columns') },
        ],
      },
    })
    .addSelect({
      path: 'laneNames',
      name: t('panel.timeline.lane-names', 'Lane names'),
      defaultValue: 'automatic',
      settings: {
        options: [
          { value: 'automatic', label: automatic },
          { value: 'full', label: t('panel.timeline.names-full', 'Words') },
          { value: 'icons', label: t('panel.timeline.names-icons', 'Icons') },
          { value: 'none', label: t('panel.timeline.names-none', 'None') },
        ],
      },
    })
    .addBooleanSwitch({ path: 'showAxis', name: t('panel.timeline.axis', 'Axis'), defaultValue: true })
    .addBooleanSwitch({ path: 'showLegend', name: t('panel.timeline.legend', 'Legend'), defaultValue: false })
    .addRadio({
      path: 'clickOpens',
      name: t('panel.timeline.click-opens', 'Click opens'),
      defaultValue: 'card',
      settings: {
        options: [
          { value: 'card', label: t('panel.timeline.click-card', 'Card') },
          { value: 'details', label: t('panel.timeline.click-details', 'Details') },
        ],
      },
    });
}
