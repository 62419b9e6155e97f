import type { SettingFault } from '../../config/problem.ts';
import type { Settings } from '../../config/schema.ts';

/** Sizes that HTTP/2 gives a range for (RFC 9113 §6.5.2 and §6.9.2). */
export function checkHttp2Sizes({ receivers }: Settings): SettingFault[] {
  const { enabled, maxFrameSize, connectionWindow } = receivers.otlp.grpc;
  if (!enabled) return [];
  return [
    ...outside('max_frame_size', maxFrameSize, { least: 16_384, most: 16_777_215, shown: '16KiB to 16777215B' }),
    ...outside('connection_window', connectionWindow, {
      least: 65_535,
      most: 2_147_483_647,
      shown: '64KiB to 2047MiB',
    }),
  ];
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly shown: string;
}

function outside(name: string, bytes: number, { least, most, shown }: Range): SettingFault[] {
  if (bytes >= least && bytes <= most) return [];
  const paths = [['receivers', 'otlp', 'grpc', name]];
  return [{ paths, message: `HTTP/2 does not allow ${bytes} bytes here.`, remedy: `Choose ${shown}.` }];
}
