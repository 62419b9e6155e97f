import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';
import { serviceOption, severalHint, sourceOption } from '../../components/panel-options';

/** Options of the panel; their defaults live in the builder. */
export interface SloOptions {
  readonly source: 'sentinel' | 'query';
  readonly show: 'list' | 'budget' | 'burn';
  /** Comma-separated names or ids; may hold variables; empty means all. */
  readonly slo: string;
  readonly service: string;
  readonly sort: 'left' | 'burn' | 'name';
  readonly rows: number;
  /** Whether what corrections take out is out. */
  readonly corrections: boolean;
  readonly showEnd: boolean;
  /** Label that holds the name of a series; empty: the first of those that are usual. */
  readonly nameLabel: string;
  readonly valueMeans: 'automatic' | 'left' | 'burn';
}

export const MOST_ROWS = 200;

export function addOptions(builder: PanelOptionsEditorBuilder<SloOptions>): void {
  addWhat(builder);
  addHow(builder);
  addFrames(builder);
}

function addWhat(builder: PanelOptionsEditorBuilder<SloOptions>): void {
  builder
    .addRadio(sourceOption())
    .addTextInput({ path: 'slo', name: t('slos.slo', 'SLO'), description: severalHint(), defaultValue: '' })
    .addTextInput(serviceOption());
}

function addHow(builder: PanelOptionsEditorBuilder<SloOptions>): void {
  builder
    .addRadio({
      path: 'show',
      name: t('panel.slo.show', 'Show'),
      defaultValue: 'list',
      settings: {
        options: [
          { value: 'list', label: t('panel.slo.show-list', 'List') },
          { value: 'budget', label: t('panel.slo.show-budget', 'Budget') },
          { value: 'burn', label: t('panel.slo.show-burn', 'Burn rate') },
        ],
      },
    })
    .addSelect({
      path: 'sort',
      name: t('panel.slo.sort', 'Sort'),
      defaultValue: 'left',
      settings: {
        options: [
          { value: 'left', label: t('slos.left', 'Budget left') },
          { value: 'burn', label: t('panel.slo.show-burn', 'Burn rate') },
          { value: 'name', label: t('panel.slo.sort-name', 'Name') },
        ],
      },
    })
    .addNumberInput({
      path: 'rows',
      name: t('panel.slo.rows', 'Rows'),
      defaultValue: 20,
      settings: { min: 1, max: MOST_ROWS, integer: true },
    })
    .addBooleanSwitch({
      path: 'corrections',
      name: t('panel.slo.corrections', 'Corrections included'),
      defaultValue: true,
      showIf: ({ source }) => source === 'sentinel',
    })
    .addBooleanSwitch({
      path: 'showEnd',
      name: t('panel.slo.show-end', 'Show date it runs out on'),
      defaultValue: true,
    });
}

function addFrames(builder: PanelOptionsEditorBuilder<SloOptions>): void {
  const fromQuery = ({ source }: SloOptions) => source === 'query';
  builder
    .addTextInput({
      path: 'nameLabel',
      name: t('panel.slo.name-label', 'Name label'),
      description: t('panel.slo.name-label-hint', 'Empty takes the first of sloth_slo, slo and name.'),
      defaultValue: '',
      showIf: fromQuery,
    })
    .addRadio({
      path: 'valueMeans',
      name: t('panel.slo.value-means', 'Value means'),
      description: t('panel.slo.value-means-hint', 'Automatic goes by the names that rules of Sloth give.'),
      defaultValue: 'automatic',
      settings: {
        options: [
          { value: 'automatic', label: t('panel.timeline.automatic', 'Automatic') },
          { value: 'left', label: t('slos.left', 'Budget left') },
          { value: 'burn', label: t('panel.slo.show-burn', 'Burn rate') },
        ],
      },
      showIf: fromQuery,
    });
}
