import { SentinelError } from '../runtime/errors.ts';
import { loadTlsFiles } from '../runtime/tls.ts';
import { type ReceiverTlsOptions } from './options.ts';

/** Options of a TLS server, or `undefined` for one without TLS. With an authority every client must show a certificate. */
export function receiverTls(
  { certFile, keyFile, clientCaFile }: ReceiverTlsOptions,
  setting: string,
  handshakeTimeout: number,
) {
  const material = loadTlsFiles({ certFile, keyFile, caFile: clientCaFile }, setting);
  const isMutual = material.ca !== undefined;
  if (material.cert !== undefined) {
    return { ...material, requestCert: isMutual, rejectUnauthorized: isMutual, handshakeTimeout };
  }
  if (isMutual) {
    throw new SentinelError(
      'SENTINEL_TLS_INVALID',
      `${setting}: client_ca_file needs cert_file and key_file beside it.`,
    );
  }
  return undefined;
}
