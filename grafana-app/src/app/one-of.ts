/** The text where it is one of the values; undefined for every other. */
export function oneOf<Value extends string>(text: string | null, values: readonly Value[]): Value | undefined {
  return values.find((value) => value === text);
}
