import { version } from '../runtime/version.ts';
import { type Command, exitCodes } from './command.ts';

/** `sentinel version` */
export const versionCommand: Command = {
  summary: 'version                            print the version of Sentinel and of Node',
  usage: 'usage: sentinel version',
  run({ stdout }) {
    stdout.write(`sentinel ${version} (node ${process.version})\n`);
    return Promise.resolve(exitCodes.ok);
  },
};
