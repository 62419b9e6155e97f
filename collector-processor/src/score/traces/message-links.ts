import { FAILED, type SpanColumns } from '../../model/columns.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import type { ServiceLinks } from './service-links.ts';
import type { SpanTable } from './span-table.ts';

const SENT = 1;
const TAKEN = 2;
const BOTH = SENT | TAKEN;
const WENT_WRONG = 4;

/** What became of a message where it was taken. */
export interface Taken {
  readonly durationNs: number;
  readonly failed: boolean;
}

/**
 * Who takes from a broker what others sent there, by the sender's span, which is the parent of the taker's. Whoever takes is
 * needed by the broker as a callee is by its caller: what waits there waits for them.
 */
export class MessageLinks {
  private readonly table: SpanTable;
  private readonly subjects: SubjectStore;
  private readonly links: ServiceLinks;

  constructor(table: SpanTable, subjects: SubjectStore, links: ServiceLinks) {
    this.table = table;
    this.subjects = subjects;
    this.links = links;
  }

  /** `at` is the place of the sender's span, `edge` the subject of its calls to the broker. */
  sent(at: number, edge: number, bucket: number, weight: number): void {
    this.table.edge[at] = edge;
    this.settle(at, SENT, bucket, weight);
  }

  /** `taker` is the subject of the service that took it, `i` its span. */
  taken(at: number, taker: number, bucket: number, { durationNs, statusCode, weight }: SpanColumns, i: number): void {
    const { table } = this;
    table.callee[at] = taker;
    table.serial[at] = this.subjects.serial[taker] as number;
    table.calleeNs[at] = durationNs[i] as number;
    const side = statusCode[i] === FAILED ? TAKEN | WENT_WRONG : TAKEN;
    this.settle(at, side, bucket, weight[i] as number);
  }

  private settle(at: number, side: number, bucket: number, weight: number): void {
    const { table, subjects } = this;
    const known = table.message[at] as number;
    const now = known | side;
    table.message[at] = now;
    if ((known & BOTH) === BOTH || (now & BOTH) !== BOTH) return;
    const taker = table.callee[at] as number;
    if (subjects.serial[taker] !== table.serial[at]) return;
    const what = { durationNs: table.calleeNs[at] as number, failed: (now & WENT_WRONG) !== 0 };
    this.links.delivered(table.edge[at] as number, taker, bucket, what, weight);
  }
}
