import { jsonSpans } from '../../bench/large-bodies/requests.ts';
import { type HostileCase, only, post, RETRYABLE, times } from './hostile-case.ts';

const MIB = 1024 * 1024;
const json = { 'content-type': 'application/json' };

/** Bodies that take long to read. */
export const largeCases: readonly HostileCase[] = [
  {
    name: '8 MiB of JSON on 8 connections at once',
    async run(target) {
      const requests = jsonSpans(8 * MIB, 2);
      const statuses = await times(40, 8, (index) => {
        const request = requests[index % 2];
        return request === undefined ? Promise.resolve(0) : post(target, request.body, request.headers);
      });
      const served = statuses.filter((status) => status === 200).length;
      return [...only([200, ...RETRYABLE], statuses), ...(served === 0 ? ['not one of them was taken'] : [])];
    },
  },
  {
    name: 'JSON of millions of lists, names and numbers',
    async run(target) {
      const lists = Buffer.from(`[${'[],'.repeat(4_000_000)}0]`);
      const names = Buffer.from(`{${Array.from({ length: 1_300_000 }, (_, name) => `"${name}":1`).join(',')}}`);
      const numbers = Buffer.from(`[${'1,'.repeat(3_900_000)}1]`);
      const refused = await times(4, 2, () => post(target, lists, json));
      const read = await times(4, 2, (index) => post(target, index % 2 === 0 ? names : numbers, json));
      return [...only([413, ...RETRYABLE], refused), ...only([200, 400, ...RETRYABLE], read)];
    },
  },
];
