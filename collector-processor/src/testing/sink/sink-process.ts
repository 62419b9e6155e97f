/** An OTLP sink in a process of its own, to be forked: it answers also while the test is held up. Tells its two addresses. */
import { startOtlpSink } from '../otlp-sink.ts';

const { httpUrl, grpcUrl } = await startOtlpSink({ keep: 'tally' });
process.on('disconnect', () => process.exit());
process.send?.({ http: httpUrl, grpc: grpcUrl });
