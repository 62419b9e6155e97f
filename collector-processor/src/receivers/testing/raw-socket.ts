import * as net from 'node:net';

/** Sends text and returns all that comes back until the other side ends the connection. */
export function raw(port: number, text: string, ends = true): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
    if (ends) socket.end(text);
    else socket.write(text);
  });
}
