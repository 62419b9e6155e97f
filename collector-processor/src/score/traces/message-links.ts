import type { SubjectStore } from '../state/subject-store.ts';
import type { ServiceLinks } from './service-links.ts';
import type { SpanTable } from './span-table.ts';

const SENT = 1;
const TAKEN = 2;

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
  sent(at: number, edge: number, bucket: number): void {
    this.table.edge[at] = edge;
    this.settle(at, SENT, bucket);
  }

  /** `taker` is the subject of the service that took it. */
  taken(at: number, taker: number, bucket: number): void {
    this.table.callee[at] = taker;
    this.table.serial[at] = this.subjects.serial[taker] as number;
    this.settle(at, TAKEN, bucket);
  }

  private settle(at: number, side: number, bucket: number): void {
    const { table, subjects } = this;
    const known = table.message[at] as number;
    table.message[at] = known | side;
    if (known === side || (known | side) !== (SENT | TAKEN) || known === (SENT | TAKEN)) return;
    const taker = table.callee[at] as number;
    if (subjects.serial[taker] === table.serial[at]) this.links.delivered(table.edge[at] as number, taker, bucket);
  }
}
