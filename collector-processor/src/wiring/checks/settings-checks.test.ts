import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadSettings } from '../../config/schema.ts';
import type { Problem } from '../../runtime/yaml/problem.ts';
import { type Certificates, hasOpenssl, makeCertificates } from '../../testing/certificates.ts';
import { settingsChecks } from './settings-checks.ts';

function problems(text: string): readonly Problem[] {
  const readFile = (): string => {
    throw new Error('ENOENT');
  };
  const result = loadSettings(text, { env: {}, readFile }, settingsChecks);
  return result.kind === 'invalid' ? result.problems : [];
}

/** Line, column and path of each, and the whole text. */
function places(text: string): string[] {
  return problems(text).map(({ line, column, path }) => `${line}:${column} ${path}`);
}

function texts(text: string): string {
  return problems(text)
    .map(({ message, remedy }) => `${message} ${remedy}`)
    .join('\n');
}

test('the defaults pass', () => {
  expect(problems('')).toEqual([]);
});

describe('listeners', () => {
  test.each(['4317', 'http://0.0.0.0:4317', 'localhost:99999', '::1:4317'])(
    '%s is no address to listen on',
    (address) => {
      const text = `receivers:\n  otlp:\n    grpc: { endpoint: "${address}" }\n`;
      expect(places(text)).toEqual(['3:23 receivers.otlp.grpc.endpoint']);
      expect(texts(text)).toContain('0.0.0.0:4317');
    },
  );

  test('the address of the API is looked at too', () => {
    expect(places('api:\n  endpoint: nowhere\n')).toEqual(['2:13 api.endpoint']);
  });

  test('two listeners on one address are named, at the one that stands in the file', () => {
    const text = 'receivers:\n  otlp:\n    grpc:\n      endpoint: 127.0.0.1:8480\n';
    expect(places(text)).toEqual(['4:17 receivers.otlp.grpc.endpoint']);
    expect(texts(text)).toContain('is taken by receivers.otlp.grpc.endpoint');
  });

  test('every address of the machine takes the port from each of them', () => {
    expect(places('api: { endpoint: "127.0.0.1:4318" }\n')).toEqual(['1:18 api.endpoint']);
  });

  test('a free port each, another host, or a listener that is off is no clash', () => {
    const free = 'receivers: { otlp: { grpc: { endpoint: "localhost:0" }, http: { endpoint: "localhost:0" } } }\n';
    const hosts =
      'receivers: { otlp: { grpc: { endpoint: "127.0.0.2:4317" }, http: { endpoint: "127.0.0.1:4317" } } }\n';
    const off = 'receivers: { otlp: { grpc: { enabled: false, endpoint: "0.0.0.0:4318" } } }\n';
    for (const text of [free, hosts, off]) expect(problems(text)).toEqual([]);
  });
});

describe('addresses of others', () => {
  test.each([
    ['forward: { backends: { loki: { endpoint: "ftp://loki:3100" } } }\n', 'forward.backends.loki.endpoint', 'ftp://'],
    ['publish: { backends: { otlp/x: { endpoint: "http://a:b" } } }\n', 'publish.backends.otlp/x.endpoint', 'port'],
    ['score: { warm_start: { endpoint: "tcp://vm:8428" } }\n', 'score.warm_start.endpoint', 'http:// and https://'],
    ['publish: { grafana: { url: "grafana:3000" } }\n', 'publish.grafana.url', 'http:// or https://'],
    ['telemetry: { traces_endpoint: "grpc://collector:4317" }\n', 'telemetry.traces_endpoint', 'grpc://'],
    ['telemetry: { metrics_endpoint: "localhost:4318" }\n', 'telemetry.metrics_endpoint', 'http://'],
  ])('%s', (text, path, reason) => {
    expect(problems(text)).toMatchObject([{ line: 1, path }]);
    expect(texts(text)).toContain(reason);
  });

  test('an address with a password in it is not repeated', () => {
    expect(texts('forward: { backends: { loki: { endpoint: "ftp://ana:geheim@loki" } } }\n')).not.toContain('geheim');
  });

  test('host and port alone do for a backend', () => {
    expect(problems('forward: { backends: { otlp: { endpoint: "collector:4317" } } }\n')).toEqual([]);
  });
});

test.each(['mysql://db/x', 'db:5432', 'postgres://a:p#/w@'])('a store at %s is refused without showing it', (url) => {
  expect(places(`store: { url: "${url}" }\n`)).toEqual(['1:15 store.url']);
  expect(texts(`store: { url: "${url}" }\n`)).not.toContain(url);
});

describe('backends', () => {
  test('what a type cannot take or speak is pointed at', () => {
    const text =
      'forward:\n  backends:\n    loki:\n      endpoint: loki:3100\n      signals: [logs, metrics]\n      protocol: grpc\n';
    expect(places(text)).toEqual(['5:23 forward.backends.loki.signals.1', '6:17 forward.backends.loki.protocol']);
  });

  test('a type that does not exist is answered with those that do', () => {
    const text = 'forward:\n  backends:\n    lokki: { endpoint: x }\n';
    const remedy =
      'Name it by its type: victoriametrics, loki, tempo, otlp, otlphttp; several of one type as type/name.';
    expect(problems(text)).toEqual([expect.objectContaining({ line: 3, path: 'forward.backends.lokki', remedy })]);
  });
});

test('masking patterns that cannot be used are pointed at', () => {
  const text = "score:\n  mask_patterns:\n    - 'CUST-\\d+'\n    - '('\n    - 'x*'\n";
  expect(places(text)).toEqual(['4:7 score.mask_patterns.1', '5:7 score.mask_patterns.2']);
});

test('detectors and questions that there are not are answered with those that there are', () => {
  expect(problems('score: { without: [record, restlessness], shadow: { without: [events] } }\n')).toEqual([]);
  expect(places('score: { shadow: { without: [recrod] } }\n')).toEqual(['1:29 score.shadow.without']);
  expect(texts('score: { without: [recrod] }\n')).toContain('record');
});

test('sizes that HTTP/2 does not allow are found before the server is', () => {
  const text = 'receivers:\n  otlp:\n    grpc:\n      max_frame_size: 1KiB\n';
  expect(places(text)).toEqual(['4:23 receivers.otlp.grpc.max_frame_size']);
});

describe('TLS files', () => {
  test('one that cannot be read is named with its setting', () => {
    const text = 'api:\n  tls:\n    cert_file: /nowhere/a.pem\n    key_file: /nowhere/a.key\n';
    expect(places(text)).toEqual(['3:16 api.tls.cert_file']);
    expect(texts(text)).toContain('/nowhere/a.pem cannot be read');
  });

  test('a key without its certificate, and an authority alone, are refused where they stand', () => {
    const text =
      'receivers:\n  otlp:\n    grpc: { tls: { key_file: a.key } }\n    http: { tls: { client_ca_file: ca.pem } }\n';
    expect(places(text)).toContain('3:30 receivers.otlp.grpc.tls.key_file');
    expect(places(text)).toContain('4:36 receivers.otlp.http.tls.client_ca_file');
    expect(texts(text)).toContain('speaks plain text');
  });

  test('those of a backend that is off are not looked at', () => {
    const tls = '{ ca_file: /nowhere/ca.pem }';
    const text = (on: boolean) => `forward: { backends: { loki: { enabled: ${on}, endpoint: l:1, tls: ${tls} } } }\n`;
    expect(problems(text(false))).toEqual([]);
    expect(problems(text(true))).toHaveLength(1);
  });

  (hasOpenssl ? describe : describe.skip)('with certificates of openssl', () => {
    let certificates: Certificates;
    beforeAll(() => {
      certificates = makeCertificates();
    });
    afterAll(() => certificates.remove());

    function grpcTls(certFile: string, keyFile: string): string {
      return `receivers:\n  otlp:\n    grpc:\n      tls:\n        cert_file: ${certFile}\n        key_file: ${keyFile}\n`;
    }

    test('a pair that belongs together passes', () => {
      const { certFile, keyFile } = certificates.server;
      expect(problems(grpcTls(certFile, keyFile))).toEqual([]);
    });

    test('a key of another certificate, or no key at all, is pointed at', () => {
      const { server, client, folder } = certificates;
      const foreign = grpcTls(server.certFile, client.keyFile);
      expect(places(foreign)).toEqual(['6:19 receivers.otlp.grpc.tls.key_file']);
      expect(texts(foreign)).toContain('does not belong to');
      const noKey = join(folder, 'no.key');
      writeFileSync(noKey, 'nothing\n');
      expect(texts(grpcTls(server.certFile, noKey))).toContain('no usable PEM private key');
    });
  });
});

describe('one round shows everything', () => {
  test('a reference that leads nowhere hides only its own value', () => {
    const text = [
      'receivers: { otlp: { grpc: { endpoint: "${env:NO_ADDRESS}" } } }',
      'forward: { backends: { loki: { endpoint: "ftp://x", auth: { bearer_token: "${file:/none}" } } } }',
      'score: { bukcet: 5s, mask_patterns: ["("] }',
      'publish: { max_waiting: "${env:NO_NUMBER}" }',
      '',
    ].join('\n');
    expect(problems(text).map(({ path }) => path)).toEqual([
      'receivers.otlp.grpc.endpoint',
      'forward.backends.loki.auth.bearer_token',
      'forward.backends.loki.endpoint',
      'score.bukcet',
      'score.mask_patterns.0',
      'publish.max_waiting',
    ]);
  });

  test('a section that is no section is one problem, and the others are still looked at', () => {
    expect(places('score: [1]\napi: { endpoint: x }\n')).toEqual(['1:8 score', '2:18 api.endpoint']);
  });

  test('a backend without its address is one problem, and its neighbour is still looked at', () => {
    const text = 'forward:\n  backends:\n    loki: {}\n    tempo: { endpoint: "ftp://t" }\n';
    expect(places(text)).toEqual(['3:11 forward.backends.loki', '4:24 forward.backends.tempo.endpoint']);
  });
});
