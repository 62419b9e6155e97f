import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { messageOf, SentinelError } from './errors.ts';

/** Paths of PEM files; an empty one is not used. */
export interface TlsFiles {
  /** Own certificate, followed by its intermediates. */
  readonly certFile: string;
  readonly keyFile: string;
  /** Authorities that the other side's certificate must come from. */
  readonly caFile: string;
}

/** PEM texts, named as node:tls names its options. */
export interface TlsMaterial {
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly ca?: Buffer;
}

/**
 * Reads and checks the files, so that a wrong one is named at the start and not by a failing handshake later. `owner` is
 * the setting they belong to, for the message. Throws SENTINEL_TLS_INVALID.
 */
export function loadTlsFiles({ certFile, keyFile, caFile }: TlsFiles, owner: string): TlsMaterial {
  if ((certFile === '') !== (keyFile === '')) {
    const missing = certFile === '' ? 'cert_file' : 'key_file';
    throw new SentinelError(
      'SENTINEL_TLS_INVALID',
      `${owner}: ${missing} is missing; cert_file and key_file go together.`,
    );
  }
  const pair = certFile === '' ? {} : loadPair(certFile, keyFile, owner);
  return caFile === '' ? pair : { ...pair, ca: loadCertificate(caFile, owner).pem };
}

function loadPair(certFile: string, keyFile: string, owner: string): TlsMaterial {
  const { pem, certificate } = loadCertificate(certFile, owner);
  const key = readPem(keyFile, owner);
  if (!certificate.checkPrivateKey(parseKey(key, keyFile, owner))) {
    throw new SentinelError('SENTINEL_TLS_INVALID', `${owner}: the key in ${keyFile} does not belong to ${certFile}.`);
  }
  return { cert: pem, key };
}

function loadCertificate(file: string, owner: string): { pem: Buffer; certificate: X509Certificate } {
  const pem = readPem(file, owner);
  try {
    return { pem, certificate: new X509Certificate(pem) };
  } catch (error) {
    throw invalid(`${owner}: ${file} holds no PEM certificate`, error);
  }
}

function parseKey(key: Buffer, file: string, owner: string): KeyObject {
  try {
    return createPrivateKey(key);
  } catch (error) {
    throw invalid(
      `${owner}: ${file} holds no usable PEM private key (an encrypted key must be decrypted first)`,
      error,
    );
  }
}

function readPem(file: string, owner: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw invalid(`${owner}: ${file} cannot be read`, error);
  }
}

function invalid(text: string, cause: unknown): SentinelError {
  return new SentinelError('SENTINEL_TLS_INVALID', `${text}: ${messageOf(cause)}`, { cause });
}
