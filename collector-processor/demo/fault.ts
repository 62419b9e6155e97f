/** `npm run demo:fault -- <name>`: puts a fault into the demo that runs in another terminal. Without a name: the menu. */
import { messageOf } from '../src/runtime/errors.ts';
import { CONTROL_HEADER } from './control/control-server.ts';
import { CONTROL_PORT } from './options.ts';

const [name, port = String(CONTROL_PORT)] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}/faults${name === undefined ? '' : `/${name}`}`;

try {
  const response = await fetch(url, {
    method: name === undefined ? 'GET' : 'POST',
    headers: { [CONTROL_HEADER]: '1' },
  });
  process.stdout.write(await response.text());
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  process.stderr.write(`No demo answers at ${url}: ${messageOf(error)}. Start one with: npm start\n`);
  process.exitCode = 1;
}
