import { readSecret, writeSecret } from '../secret-file.ts';
import { FOLDER } from './content-parts.ts';
import type { GrafanaAdmin } from './grafana-admin.ts';
import { type Part, there } from './part.ts';

const ACCOUNT = 'sentinel-annotations';

export interface AccountWishes {
  /** Undefined: the token is printed. */
  readonly tokenFile: string | undefined;
  readonly print: (text: string) => void;
  /** Whether a token is one of this Grafana's. */
  readonly isValid: (token: string) => Promise<boolean>;
  readonly nowMs: number;
}

interface Found {
  readonly serviceAccounts: readonly { readonly id: number; readonly name: string }[];
}

/** The account with which the sidecar draws annotations: no role, and Edit on Sentinel's folder. */
export async function accountPart(grafana: GrafanaAdmin, wishes: AccountWishes): Promise<Part> {
  const name = `service account "${ACCOUNT}" (no role, Edit on the folder)`;
  const { serviceAccounts } = await grafana.get<Found>(`/api/serviceaccounts/search?query=${ACCOUNT}`);
  const account = serviceAccounts.find((one) => one.name === ACCOUNT);
  const held = wishes.tokenFile === undefined ? '' : readSecret(wishes.tokenFile);
  const hasToken = held === '' ? wishes.tokenFile === undefined : await wishes.isValid(held);
  if (account !== undefined && hasToken) return there(name);
  return {
    name,
    missing: account === undefined ? 'make it, with a token' : 'make a token',
    make: async (made) => {
      const id =
        account?.id ?? (await grafana.post<{ id: number }>('/api/serviceaccounts', { name: ACCOUNT, role: 'None' })).id;
      if (account === undefined) made({ kind: 'service account', id });
      await grafana.post(`/api/access-control/folders/${FOLDER}/users/${id}`, { permission: 'Edit' });
      // Names of tokens are given once in an organisation.
      const token = { name: `${ACCOUNT}-${wishes.nowMs}` };
      const issued = await grafana.post<{ id: number; key: string }>(`/api/serviceaccounts/${id}/tokens`, token);
      if (account !== undefined) made({ kind: 'token', accountId: id, id: issued.id });
      if (wishes.tokenFile === undefined) wishes.print(`Its token, shown this once: ${issued.key}\n`);
      else writeSecret(wishes.tokenFile, issued.key);
    },
  };
}
