import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Certificates, hasOpenssl, makeCertificates } from '../testing/certificates.ts';
import { codeOf, messageOf } from './errors.ts';
import { loadTlsFiles, type TlsFiles } from './tls.ts';

const none: TlsFiles = { certFile: '', keyFile: '', caFile: '' };

function faultOf(files: TlsFiles): string {
  try {
    loadTlsFiles(files, 'receivers.otlp.grpc.tls');
  } catch (error) {
    return `${codeOf(error)} ${messageOf(error)}`;
  }
  throw new Error('no fault');
}

test('no files give no material', () => {
  expect(loadTlsFiles(none, 'x')).toEqual({});
});

test('a certificate without its key, or a key without its certificate, is refused with the missing setting', () => {
  expect(faultOf({ ...none, certFile: 'a.pem' })).toMatch(/^SENTINEL_TLS_INVALID receivers\.otlp\.grpc\.tls: key_file/);
  expect(faultOf({ ...none, keyFile: 'a.key' })).toMatch(/cert_file is missing/);
});

test('a file that is not there is named', () => {
  expect(faultOf({ ...none, caFile: '/nowhere/ca.pem' })).toMatch(/\/nowhere\/ca\.pem cannot be read: ENOENT/);
});

(hasOpenssl ? describe : describe.skip)('with certificates of openssl', () => {
  let certificates: Certificates;
  beforeAll(() => {
    certificates = makeCertificates();
  });
  afterAll(() => certificates.remove());

  test('all three are loaded', () => {
    const { caFile, server } = certificates;
    const material = loadTlsFiles({ ...server, caFile }, 'x');
    expect(String(material.cert)).toContain('BEGIN CERTIFICATE');
    expect(String(material.key)).toContain('PRIVATE KEY');
    expect(String(material.ca)).toContain('BEGIN CERTIFICATE');
  });

  test('a key that belongs to another certificate is refused', () => {
    const { server, client } = certificates;
    expect(faultOf({ ...none, certFile: server.certFile, keyFile: client.keyFile })).toMatch(/does not belong to/);
  });

  test('a file that holds something else is refused by its name', () => {
    const { folder, server } = certificates;
    const wrong = join(folder, 'wrong.pem');
    writeFileSync(wrong, 'no certificate\n');
    expect(faultOf({ ...none, caFile: wrong })).toMatch(/wrong\.pem holds no PEM certificate/);
    expect(faultOf({ ...none, certFile: server.certFile, keyFile: wrong })).toMatch(/wrong\.pem holds no usable PEM/);
    expect(faultOf({ ...none, certFile: server.keyFile, keyFile: server.keyFile })).toMatch(/holds no PEM certificate/);
  });
});
