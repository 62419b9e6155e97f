import { parentPort, workerData } from 'node:worker_threads';
import { type DecodeOptions } from '../decode-options.ts';
import { createBodyReader } from './body-reader.ts';
import { type ReadReply, type ReadRequest } from './messages.ts';

const port = parentPort;
const read = createBodyReader(workerData as DecodeOptions);
const tell = (reply: ReadReply, moved: readonly ArrayBuffer[]): void => port?.postMessage(reply, moved);
port?.on('message', (request: ReadRequest) => read(request, tell));
tell({ kind: 'started' }, []);
