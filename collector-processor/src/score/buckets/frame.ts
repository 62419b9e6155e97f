import { TRACE_ID } from './trace-ids.ts';

const FIRST_ROWS = 256;
const FIRST_BINS = 4096;

/**
 * What was added up in one open bucket: a row for each subject that was seen, in typed arrays. Columns by kind of subject:
 *
 * | column   | gauge   | sum, histogram       | calls                | severity, template | presence |
 * |----------|---------|----------------------|----------------------|--------------------|----------|
 * | events   | points  | points               | spans                | records            | 1        |
 * | total    | Σ value | Σ delta, Σ Δcount    | Σ weight             |                    |          |
 * | failures |         |                      | failed spans         |                    |          |
 * | seconds  |         | Σ time covered       |                      |                    |          |
 * | sum      |         | Σ Δsum               |                      |                    |          |
 * | members  |         | streams that reported|                      |                    |          |
 *
 * Of a presence: members are spans or records, total those that were served (records: those with a trace), sum their
 * weights, failures the records from WARN on.
 *
 * The `held…` columns collect until there are enough events for a verdict on latency and failures, so they travel with
 * the row from frame to frame; so does a whole row of a series whose step is longer than a bucket.
 */
export class Frame {
  /** Number of the bucket since the epoch; -1 while unused. */
  bucket = -1;
  /** Set when items of this bucket were left out: nothing in it can be trusted. */
  incomplete = false;
  rows = 0;
  subject = new Int32Array(FIRST_ROWS);
  /** 1: seen in this bucket, 0: only carried here from the one before. */
  fresh = new Uint8Array(FIRST_ROWS);
  events = new Float64Array(FIRST_ROWS);
  total = new Float64Array(FIRST_ROWS);
  failures = new Float64Array(FIRST_ROWS);
  seconds = new Float64Array(FIRST_ROWS);
  sum = new Float64Array(FIRST_ROWS);
  members = new Int32Array(FIRST_ROWS);
  heldEvents = new Float64Array(FIRST_ROWS);
  heldFailures = new Float64Array(FIRST_ROWS);
  heldWeight = new Float64Array(FIRST_ROWS);
  heldFailedWeight = new Float64Array(FIRST_ROWS);
  /** Buckets before this one that are in the row. */
  carried = new Uint16Array(FIRST_ROWS);
  slowest = new Float64Array(FIRST_ROWS);
  /** Template that most records of a severity had of late, and by how much it leads. */
  leader = new Int32Array(FIRST_ROWS);
  lead = new Int32Array(FIRST_ROWS);
  /** Trace ids: the slowest (or any) one and a failed one; all zero when there is none. */
  slowTrace = new Uint8Array(FIRST_ROWS * TRACE_ID);
  failedTrace = new Uint8Array(FIRST_ROWS * TRACE_ID);
  /** Distribution: place in `bins` + 1, number of bins, and their shape (see distribution.ts). */
  binStart = new Int32Array(FIRST_ROWS);
  binCount = new Int32Array(FIRST_ROWS);
  shape = new Int32Array(FIRST_ROWS);
  bins = new Float32Array(FIRST_BINS);
  private binsUsed = 0;
  /** Row + 1 by subject; 0 is none. */
  private readonly rowOf: Int32Array;

  constructor(maxSubjects: number) {
    this.rowOf = new Int32Array(maxSubjects);
  }

  /** -1 when the subject has no row. */
  find(subject: number): number {
    return (this.rowOf[subject] as number) - 1;
  }

  /** The subject's row, made when it is the first of this bucket, marked as seen. */
  row(subject: number): number {
    const found = (this.rowOf[subject] as number) - 1;
    const row = found >= 0 ? found : this.add(subject);
    this.fresh[row] = 1;
    return row;
  }

  /** Row of a subject that is carried into this bucket. */
  carry(subject: number): number {
    const found = (this.rowOf[subject] as number) - 1;
    return found >= 0 ? found : this.add(subject);
  }

  /** Start of `count` zeroed bins of a row in `bins`; those it has when it has some of that shape, else -1. */
  binsOf(row: number, count: number, shape: number): number {
    const start = (this.binStart[row] as number) - 1;
    if (start >= 0) return this.shape[row] === shape ? start : -1;
    while (this.binsUsed + count > this.bins.length) this.bins = grown(this.bins);
    this.binStart[row] = this.binsUsed + 1;
    this.binCount[row] = count;
    this.shape[row] = shape;
    this.binsUsed += count;
    return this.binsUsed - count;
  }

  /** Empties the frame, so that another bucket may have it. */
  reset(): void {
    const { rows } = this;
    for (let row = 0; row < rows; row++) this.rowOf[this.subject[row] as number] = 0;
    for (const column of this.columns()) column.fill(0, 0, rows);
    this.slowTrace.fill(0, 0, rows * TRACE_ID);
    this.failedTrace.fill(0, 0, rows * TRACE_ID);
    this.bins.fill(0, 0, this.binsUsed);
    this.binsUsed = 0;
    this.rows = 0;
    this.bucket = -1;
    this.incomplete = false;
  }

  private add(subject: number): number {
    if (this.rows === this.subject.length) this.growRows();
    const row = this.rows++;
    this.subject[row] = subject;
    this.rowOf[subject] = row + 1;
    return row;
  }

  private columns() {
    return [
      ...[this.subject, this.fresh, this.events, this.total, this.failures, this.seconds, this.sum, this.members],
      ...[this.heldEvents, this.heldFailures, this.heldWeight, this.heldFailedWeight, this.carried, this.slowest],
      ...[this.leader, this.lead, this.binStart, this.binCount, this.shape],
    ];
  }

  private growRows(): void {
    this.subject = grown(this.subject);
    this.fresh = grown(this.fresh);
    this.events = grown(this.events);
    this.total = grown(this.total);
    this.failures = grown(this.failures);
    this.seconds = grown(this.seconds);
    this.sum = grown(this.sum);
    this.members = grown(this.members);
    this.heldEvents = grown(this.heldEvents);
    this.heldFailures = grown(this.heldFailures);
    this.heldWeight = grown(this.heldWeight);
    this.heldFailedWeight = grown(this.heldFailedWeight);
    this.carried = grown(this.carried);
    this.slowest = grown(this.slowest);
    this.leader = grown(this.leader);
    this.lead = grown(this.lead);
    this.slowTrace = grown(this.slowTrace);
    this.failedTrace = grown(this.failedTrace);
    this.binStart = grown(this.binStart);
    this.binCount = grown(this.binCount);
    this.shape = grown(this.shape);
  }
}

type Growable = Float64Array | Float32Array | Int32Array | Uint16Array | Uint8Array;

function grown<T extends Growable>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}
