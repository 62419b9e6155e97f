import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { freePort } from '../../demo/processes/free-port.ts';
import { type ComposeFile, mountOf, repository } from './compose-file.ts';

/** What listens in each container. */
const listeners: Readonly<Record<string, readonly number[]>> = {
  sentinel: [4317, 4318, 8480],
  victoriametrics: [8428],
  vmalert: [8880],
  alertmanager: [9093],
  loki: [3100, 9095],
  tempo: [3200, 4317, 4318, 9096, 7946],
  grafana: [3000],
};

/** Where the parts of the compose file are when they run as processes beside each other: other ports, other folders. */
export interface Places {
  /** `http://127.0.0.1:PORT` for what is `http://SERVICE:port` in the compose file. */
  url(service: string, port: number): string;
  /** A text of the compose file or of a configuration file, with the addresses and folders of this machine. */
  local(service: string, text: string): string;
  /** Makes volumes as folders, and configuration files with the addresses of this machine. */
  mount(service: string): void;
}

export async function choosePlaces({ services }: ComposeFile, folder: string): Promise<Places> {
  const ports = new Map<string, number>();
  for (const [service, own] of Object.entries(listeners))
    for (const port of own) ports.set(`${service}:${port}`, await freePort(0));
  const names = new RegExp(`\\b(${Object.keys(listeners).join('|')}):(\\d+)\\b`, 'g');

  function portOf(service: string, port: string | number): string {
    const chosen = ports.get(`${service}:${port}`);
    if (chosen === undefined) throw new Error(`Nothing is known to listen on ${service}:${port}.`);
    return String(chosen);
  }

  function placeOf(service: string, volume: string): { readonly target: string; readonly place: string } {
    const { source, target } = mountOf(volume);
    if (!source.startsWith('.')) return { target, place: join(folder, 'volumes', source) };
    const path = join(repository, source);
    // Folders are used where they are: nothing in them names an address.
    return { target, place: statSync(path).isDirectory() ? path : join(folder, service, basename(target)) };
  }

  function local(service: string, text: string): string {
    const volumes = services[service]?.volumes ?? [];
    const paths = new Map(
      volumes.map((volume) => placeOf(service, volume)).map(({ target, place }) => [target, place]),
    );
    const addressed = text
      .replaceAll(names, (_all, name: string, port: string) => `127.0.0.1:${portOf(name, port)}`)
      .replaceAll(/\b(?:0\.0\.0\.0|127\.0\.0\.1):(\d+)(?=\b)/g, (all, port: string) =>
        ports.has(`${service}:${port}`) ? `127.0.0.1:${portOf(service, port)}` : all,
      )
      .replaceAll(/(listen_port|bind_port): (\d+)/g, (_all, key, port: string) => `${key}: ${portOf(service, port)}`)
      .replaceAll('0.0.0.0', '127.0.0.1');
    const targets = [...paths.keys()].toSorted((one, other) => other.length - one.length);
    if (targets.length === 0) return addressed;
    const whole = new RegExp(`(?<![\\w.-])(?:${targets.join('|')})(?![\\w.-])`, 'g');
    return addressed.replaceAll(whole, (target) => paths.get(target) ?? target);
  }

  return {
    url: (service, port) => `http://127.0.0.1:${portOf(service, port)}`,
    local,
    mount(service) {
      for (const volume of services[service]?.volumes ?? []) {
        const { source } = mountOf(volume);
        const { place } = placeOf(service, volume);
        if (!source.startsWith('.')) mkdirSync(place, { recursive: true });
        else if (place.startsWith(folder)) {
          mkdirSync(join(folder, service), { recursive: true });
          writeFileSync(place, local(service, readFileSync(join(repository, source), 'utf8')));
        }
      }
    },
  };
}

/** As the image of the plugin does it. */
export function copyPlugin(folder: string): void {
  const to = join(folder, 'volumes/grafana-plugins/sentinel-observability-app');
  cpSync(join(repository, 'grafana-app/dist'), to, { recursive: true });
}
