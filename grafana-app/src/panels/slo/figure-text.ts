import { formattedValueToString } from '@grafana/data';
import { burnText, leftText, noFigure } from '../../components/slo/slo-words';
import type { PanelSlo, SloFigure } from './panel-slo';

/** As everywhere else, unless the panel's settings ask for another form. */
function written(figure: SloFigure | undefined, usual: (value: number) => string, usualUnit: string): string {
  if (figure === undefined) {
    return noFigure();
  }
  const { value, field } = figure;
  const { unit = usualUnit, decimals } = field.config;
  return unit === usualUnit && (decimals === undefined || decimals === null)
    ? usual(value)
    : formattedValueToString(field.display?.(value) ?? { text: usual(value) });
}

export function leftOf({ left }: PanelSlo): string {
  return written(left, leftText, 'percentunit');
}

export function burnOf({ burn }: PanelSlo): string {
  return written(burn, burnText, 'percentunit');
}
