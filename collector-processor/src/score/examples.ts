import type { Series } from '../model/anomaly.ts';
import type { Mask } from '../runtime/masking.ts';
import { hasTrace, traceHex } from './buckets/trace-ids.ts';
import type { Finding } from './finding.ts';
import type { ExampleLines } from './logs/example-lines.ts';
import type { Judgement } from './series-judge.ts';
import { Hasher, hashText, hexOf } from './state/hash64.ts';
import type { SubjectStore } from './state/subject-store.ts';
import { kindNumber } from './subject-kinds.ts';

const templateKind = kindNumber('template');
const severityKind = kindNumber('severity');
const NEW_TEMPLATE = 0x6e6577;
const NEW_EDGE = 0x65646765;
const MAX_LINES = 3;

/** What a finding can show: traces and lines from its odd steps. Lines pass the mask; names did when they came in. */
export class Examples {
  readonly mask: Mask;
  private readonly subjects: SubjectStore;
  private readonly lines: ExampleLines;

  constructor(subjects: SubjectStore, lines: ExampleLines, mask: Mask) {
    this.subjects = subjects;
    this.lines = lines;
    this.mask = mask;
  }

  /** The series that a finding is about; a template that is still new is told as news, not as a rate. */
  seriesOf({ entry, verdict, reading }: Judgement): Series {
    const { series } = entry;
    const { toldAs } = reading;
    if (toldAs !== undefined) return { ...series, id: otherId(series.id, hashText(toldAs).low), measure: toldAs };
    const isNews = verdict.learning && !Number.isNaN(reading.detail);
    if (isNews && series.measure === 'rate')
      return { ...series, id: otherId(series.id, NEW_EDGE), measure: 'new_edge' };
    if (!verdict.learning || series.measure !== 'template_rate') return series;
    return { ...series, id: otherId(series.id, NEW_TEMPLATE), measure: 'new_template' };
  }

  /** Adds what the odd step has to show. Failed traces come first where failures are the matter. */
  collect({ entry, reading }: Judgement, finding: Finding, most: number): void {
    const { frame, row } = reading;
    if (row < 0) return;
    const sources = [frame.failedTrace, frame.slowTrace];
    if (finding.series.measure !== 'error_ratio') sources.reverse();
    for (const ids of sources) {
      if (!hasTrace(ids, row)) continue;
      const trace = traceHex(ids, row);
      if (finding.traces.length < most && !finding.traces.includes(trace)) finding.traces.push(trace);
    }
    const line = this.lineOf(entry.subject, frame.leader[row] as number, frame.lead[row] as number);
    if (line !== '' && finding.lines.length < MAX_LINES && !finding.lines.includes(line)) finding.lines.push(line);
  }

  private lineOf(subject: number, leader: number, lead: number): string {
    const kind = this.subjects.kind[subject];
    if (kind === templateKind) return this.mask(this.lines.of(subject));
    return kind === severityKind && lead > 0 ? this.mask(this.lines.of(leader)) : '';
  }
}

/** Of a series that is told as something else. */
function otherId(id: string, mark: number): string {
  const { low, high } = new Hasher().reset(parseHalf(id, 8), parseHalf(id, 0)).mix(mark, 0);
  return hexOf(low, high);
}

function parseHalf(id: string, from: number): number {
  return Number.parseInt(id.slice(from, from + 8), 16);
}
