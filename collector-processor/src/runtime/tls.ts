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

/** What is wrong, and with which of the files. */
export interface TlsFault {
  readonly about: keyof TlsFiles;
  readonly reason: string;
}

export type ReadTls =
  | { readonly kind: 'material'; readonly material: TlsMaterial }
  | { readonly kind: 'unusable'; readonly fault: TlsFault };

/** Reads and checks the files, so that a wrong one is named at the start and not by a failing handshake later. */
export function readTlsFiles({ certFile, keyFile, caFile }: TlsFiles): ReadTls {
  try {
    const pair = certFile === '' && keyFile === '' ? {} : readPair(certFile, keyFile);
    const ca = caFile === '' ? {} : { ca: readCertificate(caFile, 'caFile').pem };
    return { kind: 'material', material: { ...pair, ...ca } };
  } catch (error) {
    if (error instanceof Unusable) return { kind: 'unusable', fault: error.fault };
    throw error;
  }
}

/** As `readTlsFiles`; `owner` is the setting they belong to, for the message. Throws SENTINEL_TLS_INVALID. */
export function loadTlsFiles(files: TlsFiles, owner: string): TlsMaterial {
  const read = readTlsFiles(files);
  if (read.kind === 'material') return read.material;
  throw new SentinelError('SENTINEL_TLS_INVALID', `${owner}: ${read.fault.reason}`);
}

/** Carries a fault out of the readers below. */
class Unusable extends Error {
  readonly fault: TlsFault;

  constructor(about: keyof TlsFiles, reason: string) {
    super(reason);
    this.fault = { about, reason };
  }
}

function readPair(certFile: string, keyFile: string): TlsMaterial {
  if (certFile === '') throw new Unusable('certFile', 'cert_file is missing; cert_file and key_file go together.');
  if (keyFile === '') throw new Unusable('keyFile', 'key_file is missing; cert_file and key_file go together.');
  const { pem, certificate } = readCertificate(certFile, 'certFile');
  const key = readPem(keyFile, 'keyFile');
  if (!certificate.checkPrivateKey(parseKey(key, keyFile))) {
    throw new Unusable('keyFile', `the key in ${keyFile} does not belong to ${certFile}.`);
  }
  return { cert: pem, key };
}

function readCertificate(file: string, about: keyof TlsFiles): { pem: Buffer; certificate: X509Certificate } {
  const pem = readPem(file, about);
  try {
    return { pem, certificate: new X509Certificate(pem) };
  } catch (error) {
    throw new Unusable(about, `${file} holds no PEM certificate: ${messageOf(error)}`);
  }
}

function parseKey(key: Buffer, file: string): KeyObject {
  try {
    return createPrivateKey(key);
  } catch (error) {
    const reason = `${file} holds no usable PEM private key (an encrypted key must be decrypted first)`;
    throw new Unusable('keyFile', `${reason}: ${messageOf(error)}`);
  }
}

function readPem(file: string, about: keyof TlsFiles): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Unusable(about, `${file} cannot be read: ${messageOf(error)}`);
  }
}
