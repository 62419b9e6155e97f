import { type Static, Type } from 'typebox';
import type { CamelCased } from '../camel-case.ts';
import { Duration, Integer, Size, Text } from '../types.ts';

const strict = { additionalProperties: false, default: {} } as const;

function Switch(description: string) {
  return Type.Boolean({ default: true, description });
}

function TextList(byDefault: string[], description: string) {
  return Type.Array(Type.String(), { default: byDefault, description });
}

const tls = Type.Object(
  {
    cert_file: Text('', 'PEM file with the certificate and its intermediates; empty = no TLS.'),
    key_file: Text('', 'PEM file with the private key of that certificate.'),
    client_ca_file: Text('', 'PEM file with authorities; set, every client must show a certificate from one of them.'),
  },
  { ...strict, description: 'TLS, and mTLS with client_ca_file.' },
);

const cors = Type.Object(
  {
    allowed_origins: TextList([], 'Origins of pages that may send, such as https://*.example.com; empty = no CORS.'),
    allowed_headers: TextList([], 'Request headers allowed beside Content-Type and Content-Encoding; * allows any.'),
    max_age: Duration('2h', 'How long a browser may keep the answer to its preflight; 0s: not at all.', {
      least: '0s',
    }),
  },
  { ...strict, description: 'For browsers that send telemetry themselves.' },
);

const grpc = Type.Object(
  {
    enabled: Switch('Listen for OTLP over gRPC.'),
    endpoint: Text('0.0.0.0:4317', 'Address and port.'),
    tls,
    max_concurrent_streams: Integer(128, 'Requests that one connection may have open at a time.', 1),
    connection_window: Size(
      '8MiB',
      'HTTP/2 window of a connection: bytes on the way that no request has accounted for.',
      { least: '64KiB', most: '2047MiB' },
    ),
    stream_window: Size('8MiB', 'HTTP/2 window of one request; never more than the window of its connection.', {
      least: '64KiB',
      most: '2047MiB',
    }),
    max_frame_size: Size('1MiB', 'Largest HTTP/2 frame.', { least: '16KiB', most: '16777215B' }),
    max_header_size: Size('16KiB', 'Largest block of request headers.', { least: '4KiB', most: '1MiB' }),
    reset_burst: Integer(1000, 'Requests that one connection may reset at once before it is closed (rapid reset).', 1),
    reset_rate: Integer(33, 'Resets per second that are forgiven again.', 1),
    ping_interval: Duration('30s', 'How often each connection is asked whether it is alive.', { least: '1s' }),
    ping_timeout: Duration('20s', 'A connection that has not answered for this long is closed.', { least: '100ms' }),
  },
  { ...strict, description: 'OTLP over gRPC.' },
);

const http = Type.Object(
  {
    enabled: Switch('Listen for OTLP over HTTP, protobuf and JSON on one port.'),
    endpoint: Text('0.0.0.0:4318', 'Address and port.'),
    tls,
    cors,
    max_header_size: Size('16KiB', 'Largest block of request headers.', { least: '4KiB', most: '1MiB' }),
  },
  { ...strict, description: 'OTLP over HTTP.' },
);

const auth = Type.Object(
  {
    bearer_tokens: TextList([], 'Any of these as `Authorization: Bearer …` is let in; empty = everybody is.'),
  },
  { ...strict, description: 'Who may send.' },
);

const otlp = Type.Object(
  {
    grpc,
    http,
    auth,
    workers: Integer(
      0,
      'Threads that share the ports, each receiving, forwarding and reading; the main thread scores what they read. 0: the main thread does it all. Linux only; a restart applies it.',
      [0, 64],
    ),
    worker_backlog: Size(
      '64MiB',
      'What workers have read and the main thread has not scored yet, all together; beyond it requests are forwarded and not scored.',
      { least: '64KiB' },
    ),
    tenant_headers: TextList(
      ['X-Scope-OrgID'],
      'Request headers that are passed on to every backend; the first one that is present names the tenant.',
    ),
    max_request_size: Size('64MiB', 'Largest request, as received and after decompression.', {
      least: '1KiB',
      most: '1GiB',
    }),
    max_json_size: Size('16MiB', 'The same for OTLP/JSON, which costs more to read.', {
      least: '1KiB',
      most: '256MiB',
    }),
    max_in_flight: Size(
      '160MiB',
      'Bytes of all requests being received or waiting for backends; more are told to retry.',
      { least: '1KiB' },
    ),
    max_in_flight_per_connection: Size('80MiB', 'The same for one connection, so that one sender cannot take it all.', {
      least: '1KiB',
    }),
    max_memory: Size(
      '512MiB',
      'Resident memory of the whole process: from 65 % on garbage is collected more eagerly, and requests bring no more than there is room for below 80 %; others are told to retry. 0B: no limit.',
      { least: '0B', most: '1024GiB' },
    ),
    spare_memory: Size(
      '16MiB',
      'Memory of finished requests that is kept for the next ones, which spares much garbage collection; 0B: none.',
      { least: '0B', most: '1GiB' },
    ),
    max_connections: Integer(2000, 'Connections to each port.', 1),
    header_timeout: Duration('10s', 'Time for a handshake and for the headers of a request.', { least: '100ms' }),
    receive_timeout: Duration(
      '30s',
      'Time from the headers of a request to its last byte, and for taking the answer.',
      { least: '100ms' },
    ),
    idle_timeout: Duration('2m', 'A connection without requests for this long is closed.', { least: '1s' }),
    retry_after: Duration('2s', 'When a sender that must retry is asked to come back, unless a backend said so.', {
      least: '100ms',
    }),
    drain_timeout: Duration(
      '10s',
      'At a stop: time for open requests before they are told to retry elsewhere; 0s: none.',
      { least: '0s' },
    ),
  },
  { ...strict, description: 'OTLP, as services and Collectors send it.' },
);

/** Where telemetry comes in. */
export const receiversSection = Type.Object({ otlp }, { ...strict, description: 'Where telemetry comes in.' });

export type ReceiversSettings = CamelCased<Static<typeof receiversSection>>;
