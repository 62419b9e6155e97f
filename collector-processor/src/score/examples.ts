import type { Mask } from '../runtime/masking.ts';
import { hasTrace, traceHex } from './buckets/trace-ids.ts';
import type { Finding } from './finding.ts';
import type { ExampleLines } from './logs/example-lines.ts';
import type { Judgement } from './series-judge.ts';
import type { SubjectStore } from './state/subject-store.ts';
import { kindNumber } from './subject-kinds.ts';

const templateKind = kindNumber('template');
const severityKind = kindNumber('severity');
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
