import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { AuditEntry } from '../../model/audit.ts';

const entrySchema = Type.Object(
  {
    sequence: Type.Integer({ minimum: 1 }),
    atMs: Type.Number(),
    actor: Type.String(),
    knownBy: Type.String(),
    verb: Type.String(),
    subject: Type.String(),
    reason: Type.String(),
    details: Type.Record(Type.String(), Type.Unknown()),
    previous: Type.String(),
    hash: Type.String(),
  },
  { additionalProperties: false },
);
const check = Compile(entrySchema);

/** A line of an export, or undefined when it is none. */
export function auditEntryOf(line: string): AuditEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return check.Check(value) ? (value satisfies Static<typeof entrySchema>) : undefined;
  } catch {
    return undefined; // Whoever reads the file says where.
  }
}
