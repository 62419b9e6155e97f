import type { Settings } from '../../config/schema.ts';
import { readEndpoint } from '../../runtime/endpoint.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';

const WORKERS = ['receivers', 'otlp', 'workers'];

/** What threads that listen together cannot do. */
export function checkIngestWorkers(settings: Settings): SettingFault[] {
  const { otlp } = settings.receivers;
  const { workers } = otlp;
  if (workers === 0) return [];
  const faults: (SettingFault | false)[] = [
    process.platform !== 'linux' && {
      paths: [WORKERS],
      message: 'Threads can share a port on Linux only.',
      remedy: 'Set receivers.otlp.workers to 0.',
    },
    settings.recorder.enabled && {
      paths: [WORKERS, ['recorder', 'enabled']],
      message: 'What threads of receivers.otlp.workers take in is not recorded.',
      remedy: 'Set recorder.enabled to false, or receivers.otlp.workers to 0.',
    },
    settings.telemetry.tracesEndpoint !== '' && {
      paths: [WORKERS, ['telemetry', 'traces_endpoint']],
      message: 'Requests that threads of receivers.otlp.workers take in are not traced.',
      remedy: 'Leave telemetry.traces_endpoint empty, or set receivers.otlp.workers to 0.',
    },
  ];
  return [...faults.filter((fault) => fault !== false), ...withoutPort(settings)];
}

/** Each thread would get another port. */
function withoutPort({ receivers: { otlp } }: Settings): SettingFault[] {
  return (['grpc', 'http'] as const).flatMap((wire) => {
    const setting = `receivers.otlp.${wire}.endpoint`;
    if (!otlp[wire].enabled || readEndpoint(otlp[wire].endpoint)?.port !== 0) return [];
    const message = `Several threads cannot share port 0 of ${setting}: each would be given another.`;
    return [{ paths: [setting.split('.')], message, remedy: 'Name a port, or set receivers.otlp.workers to 0.' }];
  });
}
