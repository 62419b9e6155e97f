/** The parts of JSON Schema that the settings schema uses. */
export interface SettingSchema {
  readonly type?: string;
  readonly unit?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly patternProperties?: Readonly<Record<string, SettingSchema>>;
  /** Which names a map takes, as a sentence: the remedy for one that it does not take. */
  readonly names?: string;
  readonly items?: SettingSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  /** The range of a duration or a size, as it is written. */
  readonly least?: string;
  readonly most?: string;
}

/** Schema of the values of a map with user-chosen names. */
export function schemaOfAnyName(schema: SettingSchema | undefined): SettingSchema | undefined {
  return Object.values(schema?.patternProperties ?? {})[0];
}

/** `/a/b~1c` → `a`, `b/c`: the way to a value, from a JSON pointer. */
export function pointerPath(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
