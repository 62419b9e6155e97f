import { gzipSync, zstdCompressSync } from 'node:zlib';
import { gzipBomb, spanBytes, zstdBomb } from './bodies.ts';
import { GrpcCaller } from './grpc-caller.ts';
import { Grpc, type HostileCase, only, post, RETRYABLE, times } from './hostile-case.ts';

const gzip = { 'content-encoding': 'gzip' };
const zstd = { 'content-encoding': 'zstd' };

/** What grows a thousandfold and more when it is inflated. */
export const bombCases: readonly HostileCase[] = [
  {
    name: 'gzip bomb of 1 GiB over HTTP, eight at a time',
    cve: 'CVE-2024-36129',
    async run(target) {
      const bomb = gzipBomb(1024);
      return only([413], await times(24, 8, () => post(target, bomb, gzip)));
    },
  },
  {
    name: 'zstd bomb of 10 GiB without a stated length over HTTP',
    cve: 'CVE-2024-36129',
    async run(target) {
      const bomb = await zstdBomb(10 * 1024);
      return only([413, ...RETRYABLE], await times(8, 4, () => post(target, bomb, zstd)));
    },
  },
  {
    name: 'gzip and zstd bombs over gRPC',
    cve: 'GHSA-87m9-rv8p-rgmg',
    async run({ grpcPort }) {
      const bombs = { gzip: gzipBomb(256), zstd: await zstdBomb(1024) };
      const caller = new GrpcCaller(grpcPort);
      const statuses = await times(16, 4, (index) => {
        const encoding = index % 2 === 0 ? 'gzip' : 'zstd';
        return caller.call('traces', bombs[encoding], { encoding });
      });
      caller.close();
      return only([Grpc.resourceExhausted, Grpc.unavailable], statuses, 'gRPC status');
    },
  },
  {
    name: 'bodies of 60 MiB that are small on the wire, 32 at a time: within the cap, beyond the memory',
    async run(target) {
      const body = gzipBomb(60);
      return only([200, 400, ...RETRYABLE], await times(96, 32, () => post(target, body, gzip)));
    },
  },
  {
    name: 'many gzip members and zstd frames in one body',
    async run(target) {
      const member = gzipSync(Buffer.alloc(64 * 1024));
      const members = Buffer.concat(Array.from({ length: 2000 }, () => member));
      const frame = zstdCompressSync(Buffer.alloc(64 * 1024));
      const frames = Buffer.concat(Array.from({ length: 2000 }, () => frame));
      return [
        ...only([413, ...RETRYABLE], [await post(target, members, gzip)]),
        ...only([400], [await post(target, frames, zstd)]),
      ];
    },
  },
  {
    name: 'compressed bodies that are cut off, damaged or of another kind',
    async run(target) {
      const whole = { gzip: gzipSync(spanBytes({ service: 'a', count: 50, seed: 1 })), zstd: Buffer.alloc(0) };
      whole.zstd = zstdCompressSync(spanBytes({ service: 'a', count: 50, seed: 1 }));
      const statuses = await times(400, 8, (index) => {
        const encoding = index % 2 === 0 ? 'gzip' : 'zstd';
        const body = whole[encoding];
        const at = 1 + ((index * 7919) % (body.length - 1));
        if (index % 4 < 2) return post(target, body.subarray(0, at), { 'content-encoding': encoding });
        return post(target, Buffer.concat([body.subarray(0, at), Buffer.from([0xa5]), body.subarray(at)]), {
          'content-encoding': encoding,
        });
      });
      return only([400, 413], statuses);
    },
  },
];
