import type { PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PanelDataErrorView } from '@grafana/runtime';
import { ScrollContainer, Stack } from '@grafana/ui';
import { useMemo } from 'react';
import { sloPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { StateLine } from '../StateLine';
import { chooseSlos } from './choose-slos';
import { DrawnSlos } from './DrawnSlos';
import { fromFrames } from './from-frames';
import type { SloOptions } from './options';
import type { PanelSlo } from './panel-slo';
import { stateWords } from './state-words';
import { useSentinelSlos } from './use-sentinel-slos';

type Props = PanelProps<SloOptions>;

/** Error budgets from the sidecar or from a query. */
function SloPanel(props: Props) {
  return props.options.source === 'query' ? <FromQuery {...props} /> : <FromSentinel {...props} />;
}

function FromQuery(props: Props) {
  const { id, data, options, fieldConfig } = props;
  const { nameLabel, valueMeans } = options;
  const result = useMemo(
    () => fromFrames(data.series, { nameLabel, valueMeans }),
    [data.series, nameLabel, valueMeans],
  );
  if (result.kind === 'unfit') {
    const message = t(
      'panel.slo.unfit',
      'SLO needs a text field named slo and a number named budget_left, or series with an SLO label. The query returned: {{fields}}.',
      { fields: result.returned.join(', '), interpolation: unescaped },
    );
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} message={message} />;
  }
  if (result.slos.length === 0) {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} />;
  }
  return <Drawn {...props} slos={result.slos} />;
}

function FromSentinel(props: Props) {
  const state = useSentinelSlos(props);
  const slos = useMemo(() => (state.kind === 'ready' ? state.data.map(linked) : []), [state]);
  const chosen = chosenOf(props, slos);
  const line = <StateLine state={state} isEmpty={chosen.length === 0} words={stateWords()} />;
  return chosen.length === 0 ? (
    line
  ) : (
    <Stack direction="column" gap={0.5} height="100%">
      {line}
      <Drawn {...props} slos={slos} />
    </Stack>
  );
}

function Drawn({ slos, ...props }: Props & { readonly slos: readonly PanelSlo[] }) {
  const chosen = chosenOf(props, slos);
  const { width, height, options } = props;
  return (
    <ScrollContainer>
      <DrawnSlos slos={chosen} width={width} height={height} options={options} />
    </ScrollContainer>
  );
}

function chosenOf({ options, replaceVariables }: Props, slos: readonly PanelSlo[]): PanelSlo[] {
  const replaced = (text: string | undefined) => replaceVariables(text ?? '', undefined, 'csv');
  return chooseSlos(slos, { ...options, slo: replaced(options.slo), service: replaced(options.service) });
}

/** Leads to the app's page, unless the panel's own links say otherwise. */
function linked(slo: PanelSlo): PanelSlo {
  return slo.link === undefined
    ? { ...slo, link: { href: sloPath(slo.id), title: slo.name, target: '_self', origin: undefined } }
    : slo;
}

export default SloPanel;
