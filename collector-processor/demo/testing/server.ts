/** A stand-in for Sentinel: a server that says when it is up and ends on SIGTERM like any other. */
import { createServer } from 'node:http';

const server = createServer();
process.on('SIGTERM', () => server.close());
server.listen(0, '127.0.0.1', () => process.send?.({ kind: 'ready' }));
