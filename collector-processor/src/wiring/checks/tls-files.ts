import type { Settings } from '../../config/schema.ts';
import { readTlsFiles, type TlsFiles } from '../../runtime/tls.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';

interface ServerTls {
  readonly certFile: string;
  readonly keyFile: string;
  readonly clientCaFile: string;
}

interface Owner {
  readonly path: readonly string[];
  readonly files: TlsFiles;
  /** What the settings call each file. */
  readonly names: Readonly<Record<keyof TlsFiles, string>>;
}

const clientNames = { certFile: 'cert_file', keyFile: 'key_file', caFile: 'ca_file' } as const;
const serverNames = { ...clientNames, caFile: 'client_ca_file' } as const;

/** Certificates and keys that cannot be read or parsed, or do not belong together, of listeners and of backends. */
export function checkTlsFiles({ receivers: { otlp }, api, forward, publish }: Settings): SettingFault[] {
  const { grpc, http } = otlp;
  const servers = [
    ...(grpc.enabled ? [server(['receivers', 'otlp', 'grpc', 'tls'], grpc.tls)] : []),
    ...(http.enabled ? [server(['receivers', 'otlp', 'http', 'tls'], http.tls)] : []),
    server(['api', 'tls'], api.tls),
  ];
  const clients = Object.entries({ forward, publish }).flatMap(([stage, { backends }]) =>
    Object.entries(backends)
      .filter(([, { enabled }]) => enabled)
      .map(([name, { tls }]): Owner => ({ path: [stage, 'backends', name, 'tls'], files: tls, names: clientNames })),
  );
  return [...servers.flatMap(authorityAlone), ...[...servers, ...clients].flatMap(unusable)];
}

function server(path: readonly string[], { certFile, keyFile, clientCaFile }: ServerTls): Owner {
  return { path, files: { certFile, keyFile, caFile: clientCaFile }, names: serverNames };
}

/** Without a certificate of its own the server would speak plain text and ask nobody for one. */
function authorityAlone({ path, files }: Owner): SettingFault[] {
  if (files.caFile === '' || files.certFile !== '' || files.keyFile !== '') return [];
  return [
    {
      paths: ['client_ca_file', 'cert_file', 'key_file'].map((name) => [...path, name]),
      message: 'client_ca_file alone protects nothing: without a certificate of its own the server speaks plain text.',
      remedy: 'Set cert_file and key_file beside it, or remove it.',
    },
  ];
}

function unusable({ path, files, names }: Owner): SettingFault[] {
  const read = readTlsFiles(files);
  if (read.kind === 'material') return [];
  const { about, reason } = read.fault;
  const used = (['certFile', 'keyFile'] as const).filter((file) => file !== about);
  const others = about === 'caFile' ? [] : used;
  return [
    {
      paths: [about, ...others].map((file) => [...path, names[file]]),
      message: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${reason.endsWith('.') ? '' : '.'}`,
      remedy:
        'Give PEM files that this process may read: a certificate with its intermediates, and its unencrypted key.',
    },
  ];
}
