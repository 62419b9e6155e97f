import type { Finding } from '../findings/finding.ts';
import { incidentRule } from '../findings/judge-incidents.ts';
import { matchRule } from '../findings/match.ts';
import type { Row, Summary } from '../findings/summary.ts';
import { describeDelay, describeSeries, seconds } from './describe.ts';
import { renderTable } from './table.ts';

const RULE_WIDTH = 100;

/** The closing table: a line for each injected fault, then what was found without one. */
export function renderReport({ rows, falseFindings }: Summary): string[] {
  const head = ['fault', 'service', 'found in', 'signal', 'measure', 'direction', 'delay', 'result'];
  const judged = rows.filter(({ incident }) => incident !== undefined);
  const changes = rows.filter((row) => row.changeSeen !== undefined);
  return [
    ...renderTable([head, ...rows.map(cells)]),
    '',
    ...(judged.length === 0 ? [] : [...incidentTable(judged), '']),
    ...changes.map(
      ({ injection, changeSeen }) =>
        `The version ${injection.fault.deploys ?? ''} of ${injection.fault.service} was ${changeSeen === true ? '' : 'not '}seen as a deploy.`,
    ),
    ...annotatedLine(rows),
    `${sum(rows, (row) => row.matches)} findings tell of the faults, ${sum(rows, (row) => row.sideEffects)} of their side effects.`,
    ...falseLines(falseFindings),
    ...wrap(matchRule, RULE_WIDTH),
    ...(judged.length === 0 ? [] : wrap(incidentRule, RULE_WIDTH)),
  ];
}

function cells({ injection: { fault }, found }: Row): string[] {
  if (found === undefined) return [fault.name, fault.service, '–', '–', '–', '–', '–', 'MISSED'];
  const { series, direction } = found.finding.anomaly;
  const delay = describeDelay(found.delay);
  return [fault.name, fault.service, series.service, series.signal, series.measure, direction, delay, 'found'];
}

function incidentTable(rows: readonly Row[]): string[] {
  const head = ['fault', 'incident', 'first cause', 'kind', 'confidence', 'timeline lacks', 'result'];
  return renderTable([
    head,
    ...rows.map(({ injection: { fault }, incident }) => {
      const { incidents = [], cause, missing = [], right = false } = incident ?? {};
      const said = cause === undefined ? ['–', '–', '–'] : [cause.service, cause.kind, cause.confidence || '–'];
      const result = right ? 'right' : `WRONG, ${fault.cause} of ${fault.service}`;
      return [fault.name, incidents.join(' and ') || '–', ...said, missing.join(', ') || '–', result];
    }),
  ]);
}

function annotatedLine(rows: readonly Row[]): string[] {
  const drawn = rows.flatMap(({ injection, annotatedMs }) =>
    annotatedMs === undefined ? [] : [`${injection.fault.name} after ${seconds(annotatedMs)}`],
  );
  return drawn.length === 0 ? [] : [`Annotated in Grafana: ${drawn.join(', ')}.`];
}

function falseLines(findings: readonly Finding[]): string[] {
  const paging = findings.filter(({ border }) => border === 'page').length;
  if (findings.length === 0) return ['No false findings.'];
  return [
    `${findings.length} false findings, ${paging} of them above the page border:`,
    ...findings.map(({ anomaly }) => `  ${anomaly.series.service}: ${describeSeries(anomaly)} ${anomaly.direction}`),
  ];
}

function sum(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
