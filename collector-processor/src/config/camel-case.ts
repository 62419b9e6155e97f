/** `max_body_size` → `maxBodySize`, in types and at run time. */
export type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** Object types with camelCase names all the way down; maps with user-chosen names keep them. */
export type CamelCased<T> = T extends readonly (infer Item)[]
  ? readonly CamelCased<Item>[]
  : T extends object
    ? string extends keyof T
      ? { readonly [Name in keyof T]: CamelCased<T[Name]> }
      : { readonly [Name in keyof T as CamelCase<Name>]: CamelCased<T[Name]> }
    : T;

export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}
