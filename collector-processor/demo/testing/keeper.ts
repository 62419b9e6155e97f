/** A stand-in for the demo: starts one child, says its process id, and waits to be killed. `node keeper.ts <script> …` */
import { startChild } from '../processes/child.ts';

const [freezeMs = '0', ...args] = process.argv.slice(2);
const child = startChild({ name: 'child', args, env: { SENTINEL_DEMO_FOLDER: process.env.TEST_FOLDER ?? '' } });
await child.message((message): message is object => typeof message === 'object');
if (freezeMs !== '0') await child.send({ kind: 'freeze', ms: Number(freezeMs) });
process.stdout.write(`${child.pid}\n`);
setInterval(() => undefined, 1_000);
