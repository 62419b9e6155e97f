import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export interface Certificates {
  readonly folder: string;
  readonly caFile: string;
  readonly server: { readonly certFile: string; readonly keyFile: string };
  readonly client: { readonly certFile: string; readonly keyFile: string };
  remove(): void;
}

/** An authority with one certificate for a server on localhost and one for a client, valid for a day. Needs `openssl`. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-tls-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '1', '-subj', '/CN=test ca');

  function issue(name: string) {
    writeFileSync(at('extensions'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    openssl('req', ...key, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`), '-subj', `/CN=${name}`);
    const authority = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '1'];
    openssl(
      'x509',
      '-req',
      '-in',
      at(`${name}.csr`),
      ...authority,
      '-extfile',
      at('extensions'),
      '-out',
      at(`${name}.pem`),
    );
    return { certFile: at(`${name}.pem`), keyFile: at(`${name}.key`) };
  }

  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { folder, caFile: at('ca.pem'), server: issue('server'), client: issue('client'), remove };
}
