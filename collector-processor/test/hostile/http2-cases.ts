import { type HostileCase, times } from './hostile-case.ts';
import { exportHeaders, frame, FrameType, RawHttp2 } from './raw-http2.ts';

const END_HEADERS = 4;
const GRACE_MS = 15_000;

/** Tricks with frames. */
export const http2Cases: readonly HostileCase[] = [
  {
    name: 'streams opened and reset without end, on eight connections',
    cve: 'CVE-2023-44487',
    run: ({ grpcPort }) => endsStreams(grpcPort, FrameType.rstStream, Buffer.from([0, 0, 0, 8])),
  },
  {
    name: 'streams opened, and reset by the server for a mistake, without end',
    cve: 'CVE-2025-8671',
    run: ({ grpcPort }) => endsStreams(grpcPort, FrameType.windowUpdate, Buffer.alloc(4)),
  },
  {
    name: 'windows made to overflow, 2,000 connections one after the other',
    cve: 'CVE-2026-21714',
    async run({ grpcPort, rssMib }) {
      const before = rssMib();
      const largest = Buffer.from([0x7f, 0xff, 0xff, 0xff]);
      const closed = await times(2000, 20, async () => {
        const connection = new RawHttp2(grpcPort);
        await connection.write(
          Buffer.concat([frame(FrameType.windowUpdate, 0, 0, largest), frame(FrameType.windowUpdate, 0, 0, largest)]),
        );
        return isEnded(connection);
      });
      const grown = rssMib() - before;
      return [
        ...(closed.every(Boolean) ? [] : [`${closed.filter((one) => !one).length} connections stay open`]),
        ...(grown > 100 ? [`memory grew by ${grown.toFixed(0)} MiB: sessions are not freed`] : []),
      ];
    },
  },
  {
    name: 'headers that never end (CONTINUATION flood)',
    cve: 'CVE-2024-27983',
    async run({ grpcPort }) {
      const closed = await times(8, 8, async () => {
        const connection = new RawHttp2(grpcPort);
        await connection.write(frame(FrameType.headers, 0, 1, exportHeaders()));
        const more = frame(
          FrameType.continuation,
          0,
          1,
          Buffer.concat([Buffer.from([0, 1, 0x61, 127]), Buffer.alloc(127, 0x62)]),
        );
        const many = Buffer.concat(Array.from({ length: 500 }, () => more));
        for (let burst = 0; burst < 100 && !connection.closed; burst++) await connection.write(many);
        return isEnded(connection);
      });
      return closed.every(Boolean) ? [] : ['endless headers are read for ever'];
    },
  },
  {
    name: 'floods of PING and SETTINGS whose answers nobody reads',
    async run({ grpcPort }) {
      await times(8, 8, async (index) => {
        const connection = new RawHttp2(grpcPort);
        const one = index % 2 === 0 ? frame(FrameType.ping, 0, 0, Buffer.alloc(8)) : frame(FrameType.settings, 0, 0);
        const many = Buffer.concat(Array.from({ length: 5000 }, () => one));
        for (let burst = 0; burst < 20 && !connection.closed; burst++) await connection.write(many);
        connection.destroy();
      });
      return [];
    },
  },
  {
    name: 'clients that never open their window for the answer',
    async run({ grpcPort }) {
      const noWindow = Buffer.from([0, 4, 0, 0, 0, 0]);
      const connections = await times(50, 50, async () => {
        const connection = new RawHttp2(grpcPort, noWindow);
        const streams = Array.from({ length: 100 }, (_, index) => index * 2 + 1);
        const empty = Buffer.alloc(5);
        for (const stream of streams) {
          await connection.write(
            Buffer.concat([frame(FrameType.headers, END_HEADERS, stream, exportHeaders()), frame(0, 1, stream, empty)]),
          );
        }
        return connection;
      });
      for (const connection of connections) connection.destroy();
      return [];
    },
  },
];

/** Opens streams and ends each at once with such a frame. */
async function endsStreams(grpcPort: number, type: number, payload: Uint8Array): Promise<string[]> {
  const closed = await times(8, 8, async () => {
    const connection = new RawHttp2(grpcPort);
    for (let burst = 0; burst < 100 && !connection.closed; burst++) {
      const streams = Array.from({ length: 200 }, (_, index) => (burst * 200 + index) * 2 + 1);
      const frames = streams.flatMap((stream) => [
        frame(FrameType.headers, END_HEADERS, stream, exportHeaders()),
        frame(type, 0, stream, payload),
      ]);
      await connection.write(Buffer.concat(frames));
    }
    return isEnded(connection);
  });
  return closed.every(Boolean) ? [] : ['a connection with 20,000 streams that were reset is not closed'];
}

async function isEnded(connection: RawHttp2): Promise<boolean> {
  const closed = await connection.isClosedWithin(GRACE_MS);
  connection.destroy();
  return closed;
}
