import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/**
 * Reads an answer of the API as the contract has it. Fields that a newer Sentinel may add are left out; what is missing
 * or of another kind is thrown, with its place.
 */
export function createReader<Schema extends TSchema>(schema: Schema): (value: unknown) => Static<Schema> {
  const contract = Compile(schema);
  return (value) => {
    const known = contract.Clean(value);
    if (contract.Check(known)) return known;
    const [error] = contract.Errors(known);
    throw new Error(`${error?.instancePath ?? ''} ${error?.message ?? 'does not fit the contract'}`.trim());
  };
}
