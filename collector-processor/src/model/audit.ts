/** What is written down of everything that decides or changes something. */
export interface AuditRecord {
  readonly atMs: number;
  /** Name of the person or token; '' for Sentinel itself. */
  readonly actor: string;
  /** How the actor was known. */
  readonly knownBy: string;
  /** What was done: `plan.approved`, `run.refused`, `kill_switch.on`, … */
  readonly verb: string;
  /** What it was done to: a plan, a run, an action, a policy file. */
  readonly subject: string;
  readonly reason: string;
  /** Inputs, guards and results, as JSON knows them. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** A record in the chain. */
export interface AuditEntry extends AuditRecord {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** Hash of the entry before; of the first one 64 zeros. */
  readonly previous: string;
  /** SHA-256 over all of the above, hex. */
  readonly hash: string;
}
