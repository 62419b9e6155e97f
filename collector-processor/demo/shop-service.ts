/** Entry of every service process: `node shop-service.ts <name> <version> <seed>`, with an IPC channel to the demo. */
import { startInstrumentation } from './shop/instrumentation.ts';
import { isServiceName } from './shop/topology.ts';

const [name = '', version = '', seed = '0'] = process.argv.slice(2);
if (!isServiceName(name) || process.send === undefined) {
  process.stderr.write('This is a part of the demo shop. Start it with: npm start\n');
  process.exit(2);
}

// Without the demo there is nothing to serve.
process.on('disconnect', () => process.exit(0));

const sdk = startInstrumentation();
const { runService } = await import('./shop/run-service.ts');
await runService({ name, version, seed: Number(seed), flush: () => sdk.shutdown() });
