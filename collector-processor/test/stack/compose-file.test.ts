import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as dclint from 'dclint';
import { loadSettings } from '../../src/config/schema.ts';
import { version } from '../../src/runtime/version.ts';
import { settingsChecks } from '../../src/wiring/checks/settings-checks.ts';
import { type ComposeService, mountOf, readComposeFile, repository, wordsOf } from './compose-file.ts';

/** Its own types cannot be resolved from modules. */
interface Linting {
  readonly DCLinter: new (config: object) => {
    lintFiles(
      paths: readonly string[],
      recursive: boolean,
    ): { readonly messages: readonly { readonly line: number; readonly message: string }[] }[];
  };
}

const { DCLinter } = dclint as Linting;
const { services, volumes } = readComposeFile();
const all = Object.entries(services);
const isOnce = ({ restart }: ComposeService): boolean => restart === 'no';
const read = (path: string): string => readFileSync(join(repository, path), 'utf8');
const dockerfile = read('deploy/Dockerfile');
const ownImage = /^sentinel-observability\//;

const provisioned = readdirSync(join(repository, 'provisioning'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && !file.startsWith('alerting-routes'))
  .map((file) => read(`provisioning/${file}`))
  .join('\n');

/** Everything that a service reads: its command and its configuration files. */
function textsOf(service: ComposeService): string {
  const files = (service.volumes ?? [])
    .map((volume) => mountOf(volume).source)
    .filter((source) => source.startsWith('.') && /\.ya?ml$/.test(source));
  return [
    ...(service.entrypoint ?? []),
    ...wordsOf(service),
    ...Object.values(service.environment ?? {}),
    ...files.map(read),
  ].join('\n');
}

test('the file fits the schema of the Compose specification', () => {
  const off = Object.fromEntries(
    ['service-keys-order', 'services-alphabetical-order', 'top-level-properties-order', 'no-build-and-image']
      .concat(['service-dependencies-alphabetical-order', 'service-ports-alphabetical-order'])
      .map((rule) => [rule, 0 as const]),
  );
  const linter = new DCLinter({ rules: off, quiet: true, debug: false, exclude: [] });
  const results = linter.lintFiles([join(repository, 'docker-compose.yaml')], false);
  expect(results.flatMap(({ messages }) => messages.map(({ line, message }) => `${line}: ${message}`))).toEqual([]);
  expect(results).toHaveLength(1);
});

describe.each(all)('%s', (name, service) => {
  test('is of an image whose version is written down', () => {
    expect(service.image).toMatch(/:v?\d+\.\d+\.\d+$/);
    expect(ownImage.test(service.image)).toBe(service.build !== undefined);
    if (service.build === undefined) return;
    expect(service.image.endsWith(`:${version}`)).toBe(true);
    expect(dockerfile).toContain(` AS ${service.build.target}\n`);
  });

  test('is bounded, cannot write beside its volumes, and is watched', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      mem_limit: expect.any(String),
    });
    // Loki's image has nothing to ask with; own images say themselves how they are.
    if (isOnce(service) || name === 'loki' || service.build !== undefined) return;
    expect(service.healthcheck?.test[0]).toBe('CMD');
  });

  test('mounts what is there, where its command or its image expects it', () => {
    const targets = (service.volumes ?? []).map(mountOf);
    for (const { source, target, mode } of targets) {
      if (source.startsWith('.')) {
        expect(existsSync(join(repository, source))).toBe(true);
        expect(mode).toBe('ro');
      } else expect(volumes).toHaveProperty(source);
      const known = [/^\/etc\/grafana\/provisioning$/, /^\/var\/lib\/grafana$/, /^\/(plugins|volumes\/\w+)$/];
      const isRead = textsOf(service).includes(target) || dockerfile.includes(target);
      expect([target, isRead || known.some((place) => place.test(target))]).toEqual([target, true]);
    }
  });

  test('publishes only ports on which it listens, on this machine alone', () => {
    for (const port of service.ports ?? []) {
      const [address, outside, inside = ''] = port.split(':');
      expect([address, outside]).toEqual(['127.0.0.1', inside]);
      const listens = new RegExp(`(?:0\\.0\\.0\\.0:|listen_port: )${inside}\\b`).test(textsOf(service));
      expect([port, listens || name === 'grafana']).toEqual([port, true]);
    }
  });

  test('asks only services that are there, at ports on which they listen', () => {
    const names = Object.keys(services).join('|');
    const asked = [...textsOf(service).matchAll(new RegExp(`\\b(${names}):(\\d+)`, 'g'))];
    for (const [address, other = '', port = ''] of asked) {
      const listens = new RegExp(`(?:0\\.0\\.0\\.0:|listen_port: )${port}\\b`).test(textsOf(services[other]!));
      expect([address, listens || address === 'grafana:3000']).toEqual([address, true]);
    }
  });

  test('waits only for services of its profiles', () => {
    for (const [other, { condition, required = true }] of Object.entries(service.depends_on ?? {})) {
      const missing = service.profiles.filter((profile) => !services[other]?.profiles.includes(profile));
      expect([other, required ? missing : []]).toEqual([other, []]);
      expect(condition === 'service_completed_successfully').toBe(isOnce(services[other]!));
    }
  });

  test('is given no variable that nobody reads', () => {
    const command = read('collector-processor/src/cli/grafana-command.ts');
    for (const variable of Object.keys(service.environment ?? {})) {
      const isGrafanas =
        name === 'grafana' && /^GF_(?:SECURITY|PATHS|PLUGINS|ANALYTICS|LOG|SERVER)_[A-Z_]+$/.test(variable);
      const isRead = name === 'grafana' ? provisioned.includes(`$${variable}`) : command.includes(variable);
      expect([variable, isGrafanas || isRead]).toEqual([variable, true]);
    }
  });
});

test('every volume is used', () => {
  const used = all.flatMap(([, { volumes: mounts = [] }]) => mounts.map((volume) => mountOf(volume).source));
  expect(Object.keys(volumes).filter((volume) => !used.includes(volume))).toEqual([]);
});

test('Grafana is given every variable that its provisioning reads', () => {
  const named = [...provisioned.matchAll(/(?<!\$)\$([A-Z_]{2,})/g)]
    .map(([, name = '']) => name)
    // Grafana's image sets it itself.
    .filter((name) => name !== 'GF_PATHS_PROVISIONING');
  expect(named.length).toBeGreaterThan(0);
  const { environment = {}, entrypoint = [] } = services['grafana']!;
  const given = [
    ...Object.keys(environment),
    ...[...entrypoint.join(' ').matchAll(/export (\w+)=/g)].map(([, name]) => name),
  ];
  expect(given).toEqual(expect.arrayContaining(named));
});

test('`docker compose up` starts everything, and its file is valid for the sidecar', () => {
  expect(read('.env')).toMatch(/^COMPOSE_PROFILES=demo$/m);
  expect(all.filter(([, { profiles }]) => !profiles.includes('demo'))).toEqual([]);
  expect(all.filter(([, { profiles }]) => profiles.includes('core')).map(([name]) => name)).toEqual(['sentinel']);
  for (const file of ['sentinel.yaml', 'store.yaml']) {
    const loaded = loadSettings(read(`deploy/compose/${file}`), { env: {}, readFile: () => 'glsa_x' }, settingsChecks);
    expect(loaded).toMatchObject({ kind: 'settings' });
  }
});

test('images are built of files that are there, with the Node of this repository', () => {
  expect(dockerfile).toContain(`node:${read('.nvmrc').trim()}-`);
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));
  const kept = read('deploy/Dockerfile.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'));
  for (const name of copied.filter((one) => one !== '.')) {
    expect([name, existsSync(join(repository, name))]).toEqual([name, true]);
    expect([name, kept.some((line) => name.startsWith(line.slice(1)))]).toEqual([name, true]);
  }
});
