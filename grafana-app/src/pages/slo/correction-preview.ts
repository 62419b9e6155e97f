import { t } from '@grafana/i18n';
import type { Slo, SloHistory } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import { leftText } from '../../components/slo/slo-words';
import { formatCount } from '../../grafana/format-value';

type Budget = Pick<Slo, 'counts' | 'objective' | 'left'>;

/** "Takes 310 failures out. Budget left changes from 12% to 38%.": from the counts of the range, before anything is kept. */
export function previewText(slo: Budget, { total, bad }: Pick<SloHistory, 'total' | 'bad'>): string {
  const out = { total: sum(total), bad: sum(bad) };
  const rest = { total: slo.counts.total - out.total, bad: slo.counts.bad - out.bad };
  const left = rest.total > 0 ? 1 - rest.bad / rest.total / (1 - slo.objective) : null;
  return t('slo.preview', 'Takes {{failures}} failures out. Budget left changes from {{before}} to {{after}}.', {
    failures: formatCount(out.bad),
    before: leftText(slo.left),
    after: leftText(left === null ? null : Number(left.toFixed(6))),
    interpolation: unescaped,
  });
}

function sum(values: ReadonlyArray<number | null>): number {
  return values.reduce<number>((all, value) => all + (value ?? 0), 0);
}
