import {
  DEFAULT_WINDOW,
  ErrorCode,
  type ErrorCodeValue,
  LEAST_MAX_FRAME_BYTES,
  MAX_WINDOW,
  Setting,
} from './frames.ts';

/** What the other side has stated of itself, as far as it matters to one that uses no table. */
export class PeerSettings {
  initialWindow = DEFAULT_WINDOW;
  maxFrameSize = LEAST_MAX_FRAME_BYTES;
  maxConcurrentStreams = Infinity;

  /** RFC 9113 §6.5.2. */
  read(payload: Buffer): ErrorCodeValue | undefined {
    if (payload.length % 6 !== 0) return ErrorCode.frameSize;
    for (let at = 0; at < payload.length; at += 6) {
      const value = payload.readUInt32BE(at + 2);
      switch (payload.readUInt16BE(at)) {
        case Setting.enablePush:
          if (value > 1) return ErrorCode.protocol;
          break;
        case Setting.initialWindowSize:
          if (value > MAX_WINDOW) return ErrorCode.flowControl;
          this.initialWindow = value;
          break;
        case Setting.maxFrameSize:
          if (value < LEAST_MAX_FRAME_BYTES || value > 0xffffff) return ErrorCode.protocol;
          this.maxFrameSize = value;
          break;
        case Setting.maxConcurrentStreams:
          this.maxConcurrentStreams = value;
      }
    }
    return undefined;
  }
}
