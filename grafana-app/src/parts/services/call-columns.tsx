import { t } from '@grafana/i18n';
import type { Column } from '@grafana/ui';
import { Figure } from '../../components/Figure';
import { percentText, rateText, secondsText } from './service-words';

interface Calls {
  readonly rate: number | undefined;
  readonly errorRatio: number | null | undefined;
  readonly p95Seconds: number | null | undefined;
}

/** How often, how well and how fast: of a service as of one of its callers. */
export function callColumns<Row extends Calls>(): Array<Column<Row>> {
  return [
    {
      id: 'rate',
      header: t('services.requests', 'Requests'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={rateText(original.rate)} />,
    },
    {
      id: 'errors',
      header: t('services.errors', 'Errors'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={percentText(original.errorRatio ?? undefined)} />,
    },
    {
      id: 'p95',
      header: t('services.p95', 'p95'),
      disableGrow: true,
      cell: ({ row: { original } }) => <Figure text={secondsText(original.p95Seconds ?? undefined)} />,
    },
  ];
}
