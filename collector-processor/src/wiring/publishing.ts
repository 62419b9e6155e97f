import { dirname, join } from 'node:path';
import type { Settings } from '../config/schema.ts';
import { DeliveredMemory } from '../publish/delivered-memory.ts';
import { createFindingPublisher } from '../publish/findings/publisher.ts';
import { createForwarder } from '../publish/forwarder.ts';
import { createGrafanaAnnotator } from '../publish/grafana/annotator.ts';
import { createOtlpSender } from '../publish/otlp-sender.ts';
import { createFlightRecorder, type RecorderOptions } from '../publish/recorder/flight-recorder.ts';
import { createLetterReplays } from '../publish/wal/letter-replays.ts';
import { nodeFiles } from '../publish/wal/node-files.ts';
import type { Transcode } from '../publish/wal/reopen.ts';
import { createWriteAheadLog } from '../publish/wal/write-ahead-log.ts';
import { createPart } from '../runtime/part.ts';
import { createTenantHeaders } from '../runtime/tenant-headers.ts';
import { version } from '../runtime/version.ts';
import { createDeadLetterDesk } from './dead-letter-desk.ts';
import { dutyPeriods } from './duty-periods.ts';
import { fetchOnDuty } from './fetch-on-duty.ts';
import type { Foundation } from './foundation.ts';
import { logFolderOf } from './log-folder.ts';
import { unfitFor } from './unfit-for.ts';

/** Everything that leaves: telemetry as it came, findings as OTLP, annotations. */
export function createPublishing(foundation: Foundation, transcode: Transcode) {
  const { settings, clock, logger, metrics, store, mask } = foundation;
  const common = { clock, logger };
  const ask = fetchOnDuty(store.duty, fetch);
  const period = dutyPeriods(store.duty);

  const log = createLog(foundation, transcode);
  const memory = new DeliveredMemory(settings.forward.rememberDelivered, metrics);
  const forwarder = createPart(
    {
      name: 'forward',
      reads: ({ forward }: Settings) => forward,
      make: ({ forward }: Settings, own) =>
        createForwarder({ options: forward, memory, log, transcode, metrics: own, ...common }),
      metrics,
      exclusive: false,
    },
    settings,
  );

  const sender = createPart(
    {
      name: 'publish',
      reads: ({ publish, forward }: Settings) => [publish, forward.backends],
      make: (current: Settings, own) => createOtlpSender({ options: senderOptions(current), metrics: own, ...common }),
      metrics,
      exclusive: false,
    },
    settings,
  );

  const findings = createPart(
    {
      name: 'findings',
      reads: ({ publish, receivers }: Settings) => [publish, receivers.otlp.tenantHeaders],
      make: ({ publish, receivers }: Settings, own) =>
        createFindingPublisher({
          options: publish,
          sender: {
            send: (signal, protobuf, headers) => sender.current.send(signal, protobuf, headers),
            takes: (signal) => sender.current.takes(signal),
          },
          tenantHeaders: createTenantHeaders(receivers.otlp.tenantHeaders),
          mask,
          version,
          metrics: own,
          ...common,
        }),
      metrics,
      exclusive: false,
    },
    settings,
  );

  const annotator = createPart(
    {
      name: 'annotations',
      reads: ({ publish }: Settings) => publish.grafana,
      make: ({ publish }: Settings, own) =>
        createGrafanaAnnotator({
          options: publish.grafana,
          ledger: store.annotations,
          dutyPeriod: period,
          readIncident: (id) => store.incidents.get(id),
          instanceId: store.instanceId,
          mask,
          fetch: ask,
          random: Math.random,
          metrics: own,
          ...common,
        }),
      metrics,
      exclusive: true,
    },
    settings,
  );

  const deadLetters =
    log === undefined
      ? undefined
      : createDeadLetterDesk({
          letters: log.deadLetters,
          replays: createLetterReplays({
            letters: log.deadLetters,
            redeliver: (backend, kept) => forwarder.current.redeliver(backend, kept),
            unfit: (backend, signal) => unfitFor(signal, backend, forwarder.current.backends()),
            logger,
            metrics,
          }),
          transcode,
          mask,
        });

  const recorder = createFlightRecorder({ options: recorderOptions(settings), metrics, ...common });
  return { log, forwarder, sender, findings, annotator, deadLetters, recorder };
}

function createLog({ settings, clock, logger, metrics }: Foundation, transcode: Transcode) {
  const { writeAheadLog, deadLetters } = settings.forward;
  const path = logFolderOf(settings);
  if (path === undefined) return undefined;
  return createWriteAheadLog({
    options: { ...writeAheadLog, path },
    deadLetters,
    transcode,
    files: nodeFiles,
    clock,
    logger,
    metrics,
  });
}

/** The recordings stand beside the store unless the settings say otherwise; those of a store in memory in the working folder. */
function recorderOptions({ recorder, store, receivers }: Settings): RecorderOptions {
  const beside = store.path === ':memory:' ? '.' : dirname(store.path);
  const folder = recorder.path === '' ? join(beside, 'recordings') : recorder.path;
  return { ...recorder, folder, maxMessage: receivers.otlp.maxRequestSize };
}

/** Findings go where telemetry goes, unless `publish` names backends of its own. */
export function senderOptions({ publish, forward }: Settings) {
  return Object.keys(publish.backends).length > 0 ? publish : { ...publish, backends: forward.backends };
}
