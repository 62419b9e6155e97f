import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that says what it is told to, whatever it is asked, once for each request without a body larger than a chunk. */
export async function startScriptedHttp(...answers: readonly string[]) {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      const answer = answers[asked.length] ?? '';
      asked.push(chunk.toString('latin1'));
      const [said, ends] = answer.endsWith('<end>') ? [answer.slice(0, -5), true] : [answer, false];
      if (ends) socket.end(said, 'latin1');
      else socket.write(said, 'latin1');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    connections: () => connections,
    say: (text: string) => sockets.forEach((socket) => socket.write(text)),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
