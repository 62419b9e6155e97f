import { Type } from 'typebox';
import { Duration, Integer, Size, Text } from '../types.ts';

const tls = Type.Object(
  {
    cert_file: Text('', 'PEM file with the certificate and its intermediates; empty = no TLS.'),
    key_file: Text('', 'PEM file with the private key of that certificate.'),
    client_ca_file: Text('', 'PEM file with authorities; set, every client must show a certificate from one of them.'),
  },
  { additionalProperties: false, default: {}, description: 'TLS, and mTLS with client_ca_file.' },
);

const events = Type.Object(
  {
    max_listeners: Integer(50, 'Listeners of server-sent events; more are refused with 503.', 1),
    heartbeat: Duration('15s', 'How often a silent stream says that it is alive.', { least: '1s' }),
    history: Integer(500, 'Events kept for listeners that come back.', 1),
    max_backlog: Size('1MiB', 'Bytes that may wait for a listener that does not read before it is let go.', {
      least: '16KiB',
    }),
  },
  { additionalProperties: false, default: {}, description: 'Server-sent events.' },
);

const grafana = Type.Object(
  {
    url: Text(
      '',
      'Root of the Grafana that asks, such as http://grafana:3000: its signing keys say for whom. Empty: through it everybody only reads.',
    ),
    org_ids: Type.Array(Type.Integer({ minimum: 1 }), {
      default: [1],
      description: 'Organisations of that Grafana whose people may do more than read.',
    }),
    tokens: Type.Array(Type.String(), {
      default: ['grafana'],
      description:
        'Names of tokens that only its proxy uses: with them a request needs a scope, and more than reading a known person, whatever headers come along.',
    }),
    trust_proxy_identity: Type.Boolean({
      default: false,
      description:
        'Believe X-Grafana-Context where there is no id token. Only for a Grafana that sends none, and when nobody else reaches this port.',
    }),
    clock_leeway: Duration('30s', 'How far the clocks of Grafana and of Sentinel may differ; 0s: not at all.', {
      least: '0s',
      most: '1h',
    }),
    key_max_age: Duration(
      '10m',
      'Signing keys are read again after this; while Grafana is away the known ones stay good.',
      { least: '1s' },
    ),
    key_retry: Duration('30s', 'Least time between two readings of the keys, also when a key is not known.', {
      least: '1s',
    }),
    timeout: Duration('5s', 'Longest time for one reading of the keys.', { least: '100ms' }),
  },
  { additionalProperties: false, default: {}, description: 'Who asks through the plugin proxy of Grafana.' },
);

const languageModel = Type.Object(
  {
    url: Text(
      '',
      'Root of an OpenAI-compatible API, such as http://ollama:11434/v1, that may tell incidents in its own words; empty asks none. What is known of the incident is sent there.',
    ),
    api_key: Text('', 'Its key; write ${env:NAME} or ${file:PATH}.'),
    model: Text('', 'Name of the model.'),
    timeout: Duration('30s', 'Longest time for one answer.', { least: '100ms' }),
    max_per_hour: Integer(60, 'Answers asked for within an hour; more are refused with 429.', 1),
  },
  {
    additionalProperties: false,
    default: {},
    description: 'A language model that may tell what is known. Nothing depends on it.',
  },
);

/** The REST API and the status page. */
export const apiSection = Type.Object(
  {
    endpoint: Text('127.0.0.1:8480', 'Address and port. Grafana has to reach it; other machines do not by default.'),
    tls,
    anonymous_read: Type.Boolean({
      default: false,
      description: 'Whoever reaches the port may read without a token. For a look on the own machine.',
    }),
    max_body_size: Size('64KiB', 'Largest request body.', { least: '1KiB', most: '64MiB' }),
    max_webhook_size: Size('4MiB', 'Largest body of a webhook: others send all that they know.', {
      least: '1KiB',
      most: '64MiB',
    }),
    max_header_size: Size('16KiB', 'Largest block of request headers.', { least: '4KiB', most: '1MiB' }),
    max_connections: Integer(500, 'Open connections; more are closed at once.', 1),
    request_timeout: Duration('15s', 'Time in which a request must have arrived as a whole.', { least: '100ms' }),
    idle_timeout: Duration('75s', 'An idle connection is closed after this; longer than that of most proxies.', {
      least: '1s',
    }),
    failed_tokens_per_minute: Integer(30, 'Wrong tokens from one address in a minute before it is answered 429.', 1),
    demo_injections_file: Text(
      '',
      'List of injected faults that the demo shop writes, for the status page only; empty outside the demo.',
    ),
    language_model: languageModel,
    grafana,
    events,
  },
  { additionalProperties: false, default: {}, description: 'REST API and status page.' },
);
