import { t } from '@grafana/i18n';
import type { Slo } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import { formatCount, formatIn } from '../../grafana/format-value';
import { betweenText, dayText, leftText, objectiveText } from './slo-words';

type Budget = Pick<Slo, 'left' | 'allowed' | 'counts' | 'window' | 'objective' | 'exhaustion' | 'status'>;

/** "12% left of 1,210 allowed failures." */
export function leftSentence({ left, allowed, counts }: Budget): string {
  const values = {
    left: leftText(left),
    allowed: formatCount(allowed),
    bad: formatCount(counts.bad),
    interpolation: unescaped,
  };
  if (left === null) {
    return t('slo.sentence-none', 'No events in this window, so nobody can tell what is left.');
  }
  return left < 0
    ? t('slo.sentence-overspent', '{{left}}: {{bad}} failures where {{allowed}} are allowed.', values)
    : t('slo.sentence-left', '{{left}} left of {{allowed}} allowed failures.', values);
}

/** "Runs out 18 Oct at this rate (16 Oct to 21 Oct)."; empty where it does not. */
export function endSentence({ exhaustion }: Budget): string {
  return exhaustion === undefined
    ? ''
    : t('slo.sentence-ends', 'Runs out {{at}} at this rate ({{between}}).', {
        at: dayText(exhaustion.atMs),
        between: betweenText(exhaustion),
        interpolation: unescaped,
      });
}

/** The sum behind the figure, so that anybody can do it again. */
export function sumText({ window, counts, objective, allowed, left }: Budget): string {
  return t(
    'slo.sum',
    '{{window}}: {{total}} events, {{share}} may fail = {{allowed}}. Failed: {{bad}}. Left: {{rest}} = {{left}}.',
    {
      window,
      total: formatCount(counts.total),
      share: objectiveText(1 - objective),
      allowed: formatRest(allowed),
      bad: formatCount(counts.bad),
      rest: formatRest(allowed - counts.bad),
      left: leftText(left),
      interpolation: unescaped,
    },
  );
}

/** Few failures that are allowed are not whole: 0.4 of one is less than one. */
function formatRest(failures: number): string {
  return Math.abs(failures) < 100 ? formatIn('none', Number(failures.toPrecision(3))) : formatCount(failures);
}
