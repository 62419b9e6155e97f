import { VIA_HEADER } from '../runtime/via.ts';

/** Headers of either wire, lower-case names. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** What a request says about whose it is. */
export interface Tenancy {
  readonly headers: Readonly<Record<string, string>>;
  readonly tenant: string;
}

const nobody: Tenancy = { headers: {}, tenant: '' };

/** Picks the allow-listed headers, and where a request has been. Requests without any share one empty object. */
export function createTenancyReader(names: readonly string[]): (headers: RequestHeaders) => Tenancy {
  const allowed = names.map((name) => name.toLowerCase());
  return (headers) => {
    const via = headers[VIA_HEADER];
    let found: Record<string, string> | undefined = typeof via === 'string' ? { [VIA_HEADER]: via } : undefined;
    let tenant: string | undefined;
    for (const name of allowed) {
      const value = headers[name];
      if (typeof value !== 'string') continue;
      tenant ??= value;
      found = { ...found, [name]: value };
    }
    return found === undefined ? nobody : { headers: found, tenant: tenant ?? '' };
  };
}
