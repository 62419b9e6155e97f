import { expect, test } from '@jest/globals';
import { portsClash } from './port-clash.ts';
import { defaultOptions } from './testing/receivers-under-test.ts';

const { grpc, http } = defaultOptions();

function at(grpcEndpoint: string, httpEndpoint: string, isGrpcOn = true) {
  return { grpc: { ...grpc, endpoint: grpcEndpoint, enabled: isGrpcOn }, http: { ...http, endpoint: httpEndpoint } };
}

test('the same addresses and other ports stand side by side', () => {
  const now = at('0.0.0.0:4317', '0.0.0.0:4318');
  expect(portsClash(now, now)).toBe(false);
  expect(portsClash(now, at('0.0.0.0:4417', '127.0.0.1:4418'))).toBe(false);
  expect(portsClash(at('127.0.0.1:0', '127.0.0.1:0'), at('[::1]:0', '[::1]:0'))).toBe(false);
});

test('the same port at another address, or for the other wire, does not', () => {
  const now = at('0.0.0.0:4317', '0.0.0.0:4318');
  expect(portsClash(now, at('127.0.0.1:4317', '0.0.0.0:4318'))).toBe(true);
  expect(portsClash(now, at('0.0.0.0:4318', '0.0.0.0:4317'))).toBe(true);
  expect(portsClash(now, at('127.0.0.1:4317', '0.0.0.0:4318', false))).toBe(false);
});
