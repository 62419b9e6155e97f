import { t } from '@grafana/i18n';
import { type Column, InteractiveTable, Text } from '@grafana/ui';
import { useMemo } from 'react';
import type { DrillKind } from '../../api/drills';
import { Figure } from '../../components/Figure';
import { SideScroll } from '../../components/SideScroll';
import { cut } from '../../components/timeline/describe-mark';
import { formatCount } from '../../grafana/format-value';
import { delayText, kindWord, recallText } from './drill-words';

interface Props {
  readonly kinds: readonly DrillKind[];
}

/** A row for each way in which a series may go wrong. */
export function KindTable({ kinds }: Props) {
  const columns = useMemo(() => kindColumns(), []);
  const data = useMemo(() => [...kinds], [kinds]);
  return (
    <SideScroll label={t('drills.kinds', 'Found and missed')}>
      <InteractiveTable<DrillKind> columns={columns} data={data} getRowId={({ kind }) => kind} />
    </SideScroll>
  );
}

function kindColumns(): Array<Column<DrillKind>> {
  const figure = (id: string, header: string, text: (kind: DrillKind) => string): Column<DrillKind> => ({
    id,
    header,
    disableGrow: true,
    cell: ({ row: { original } }) => <Figure text={text(original)} />,
  });
  return [
    { id: 'kind', header: t('drills.kind', 'Fault'), cell: ({ row: { original } }) => kindWord(original.kind) },
    figure('recall', t('drills.recall', 'Found'), ({ recall }) => recallText(recall)),
    figure('delay', t('drills.delay', 'Delay'), ({ delaySteps }) => delayText(delaySteps)),
    figure('count', t('drills.count', 'Of'), ({ found, missed }) => formatCount(found + missed)),
    figure('running', t('drills.running', 'Running'), ({ running }) => formatCount(running)),
    figure('voided', t('drills.voided', 'Without result'), ({ voided }) => formatCount(voided)),
  ];
}

interface DetectorRow {
  readonly detector: string;
  /** By kind of fault. */
  readonly by: ReadonlyMap<DrillKind['kind'], DrillKind['detectors'][number]>;
}

/** What each detector sees alone: a column for each kind of fault. */
export function DetectorTable({ kinds }: Props) {
  const names = kinds.map(({ kind }) => kind).join();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- other figures need no other columns
  const columns = useMemo(() => detectorColumns(kinds.map(({ kind }) => kind)), [names]);
  const rows = useMemo(() => detectorRows(kinds), [kinds]);
  return rows.length === 0 ? (
    <Text color="secondary">{t('drills.no-detectors', 'None has ended yet.')}</Text>
  ) : (
    <SideScroll label={t('drills.detectors', 'Recall of each detector by itself')}>
      <InteractiveTable<DetectorRow> columns={columns} data={rows} getRowId={({ detector }) => detector} />
    </SideScroll>
  );
}

function detectorRows(kinds: readonly DrillKind[]): DetectorRow[] {
  const names = [...new Set(kinds.flatMap(({ detectors }) => detectors.map(({ detector }) => detector)))].sort();
  return names.map((detector) => ({
    detector,
    by: new Map(
      kinds.flatMap(({ kind, detectors }) =>
        detectors.filter((one) => one.detector === detector).map((one) => [kind, one] as const),
      ),
    ),
  }));
}

function detectorColumns(kinds: ReadonlyArray<DrillKind['kind']>): Array<Column<DetectorRow>> {
  return [
    {
      id: 'detector',
      header: t('drills.detector', 'Detector'),
      cell: ({ row: { original } }) => cut(original.detector),
    },
    ...kinds.map((kind) => ({
      id: kind,
      header: kindWord(kind),
      disableGrow: true,
      cell: ({ row: { original } }: { row: { original: DetectorRow } }) => (
        <Figure text={seenText(original.by.get(kind))} />
      ),
    })),
  ];
}

/** "92%, 2 steps" */
function seenText(seen: DrillKind['detectors'][number] | undefined): string {
  if (seen === undefined || seen.recall === null) {
    return recallText(null);
  }
  return seen.delaySteps === null
    ? recallText(seen.recall)
    : `${recallText(seen.recall)}, ${delayText(seen.delaySteps)}`;
}
