/**
 * `npm run test:clients`: real OTLP clients, unchanged, through the whole program to a backend. The JS SDK's exporters
 * always; the OpenTelemetry Collector with OTELCOL_BIN, telemetrygen with TELEMETRYGEN_BIN (paths of the programs).
 */
import { knownCase } from './clients/client-case.ts';
import { collectorCases } from './clients/collector-cases.ts';
import { jsSdkCases } from './clients/js-sdk-cases.ts';
import { startPipeline } from './clients/pipeline.ts';
import { telemetrygenCases } from './clients/telemetrygen-cases.ts';
import { runCases } from './grafana/suite.ts';

const { OTELCOL_BIN, TELEMETRYGEN_BIN } = process.env;
const pipeline = await startPipeline();
const known = [...jsSdkCases(), ...collectorCases(OTELCOL_BIN)].map((given) => knownCase(given, pipeline));
const drained = { name: 'sentinel drains and ends well on SIGTERM', run: () => pipeline.stop() };
const good = await runCases([...known, ...telemetrygenCases(TELEMETRYGEN_BIN, pipeline), drained]);
process.exitCode = good ? 0 : 1;
