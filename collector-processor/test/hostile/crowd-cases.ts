import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { spans } from '../../bench/large-bodies/requests.ts';
import { gaugeBytes, recordBytes, spanBytes } from './bodies.ts';
import { type HostileCase, only, post, RETRYABLE, times } from './hostile-case.ts';
import type { Target } from './target.ts';

const HEAD = 'POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-protobuf\r\n';

/** Too many, too slow, too varied. */
export const crowdCases: readonly HostileCase[] = [
  {
    name: '600 senders that spell their headers letter by letter',
    async run(target) {
      const sockets = open(target, 600);
      for (let letter = 0; letter < 24; letter++) {
        for (const socket of sockets) if (!socket.destroyed) socket.write(HEAD[letter] ?? 'x');
        await pause(600);
      }
      const left = sockets.filter(({ destroyed }) => !destroyed).length;
      close(sockets);
      return left === 0 ? [] : [`${left} of 600 are still waited for after 14 s (header_timeout is 10 s)`];
    },
  },
  {
    name: '600 senders that announce 60 MiB and send a byte now and then',
    async run(target) {
      const sockets = open(target, 600);
      for (const socket of sockets) socket.write(`${HEAD}Content-Length: 62914560\r\n\r\n`);
      for (let round = 0; round < 10; round++) {
        for (const socket of sockets) if (!socket.destroyed) socket.write('x');
        await pause(500);
      }
      close(sockets);
      return [];
    },
  },
  {
    name: '4,000 connections that say nothing, on both ports',
    async run(target) {
      const sockets = [...open(target, 2000), ...open({ ...target, httpPort: target.grpcPort }, 2000)];
      await pause(4000);
      close(sockets);
      return [];
    },
  },
  {
    name: 'endless services, operations, series, log lines',
    async run(target) {
      const statuses = await times(600, 8, (index) => {
        const seed = index;
        if (index % 4 === 0)
          return post(target, spanBytes({ service: `service-${index}-${Math.random()}`, count: 200, seed }));
        if (index % 4 === 1) {
          const name = (span: number): string => `GET /user/${index}/${span}/${Math.random()}`;
          return post(target, spanBytes({ service: 'endless', count: 1000, seed, name }));
        }
        if (index % 4 === 2) return post(target, gaugeBytes('endless', index * 1000, 1000), {}, 'metrics');
        const texts = Array.from({ length: 1000 }, () => words(12));
        return post(target, recordBytes('endless', texts), {}, 'logs');
      });
      return only([200, ...RETRYABLE], statuses);
    },
  },
  {
    name: 'ten times what fits: 4 MiB bodies on 100 connections at once',
    async run(target) {
      const body = spanBytes({ service: 'flood', count: 40_000, seed: 9 });
      const statuses = await times(400, 100, () => post(target, body));
      const served = statuses.filter((status) => status === 200).length;
      return [...only([200, ...RETRYABLE], statuses), ...(served === 0 ? ['not one of them was taken'] : [])];
    },
  },
  {
    name: '4 MiB bodies, one at a time right after that, each until it is taken',
    async run(target) {
      const requests = spans(4 * 1024 * 1024, 2);
      const faults: string[] = [];
      for (const { body, headers } of requests) {
        let status = 0;
        for (let attempt = 0; attempt < 100 && status !== 200; attempt++) {
          if (attempt > 0) await pause(100);
          status = await post(target, body, headers);
        }
        if (status !== 200) faults.push(`answered ${status} a hundred times`);
      }
      return faults;
    },
  },
];

function open({ httpPort }: Target, count: number): Socket[] {
  return Array.from({ length: count }, () => {
    const socket = connect(httpPort, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    socket.resume();
    return socket;
  });
}

function close(sockets: readonly Socket[]): void {
  for (const socket of sockets) socket.destroy();
}

/** Letters that look like words nobody has used. */
function words(count: number): string {
  return Array.from({ length: count }, () =>
    Math.random()
      .toString(36)
      .replace(/[^a-z]+/g, ''),
  ).join(' ');
}
