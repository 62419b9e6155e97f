import { expect, test } from '@jest/globals';
import { classOfDiff } from './diff-class.ts';

test.each([
  ['a removed call', '-  register(agents)', 1.5],
  ['another query', '+  rows = db.query("SELECT 1 FROM t")', 1],
  [
    'another deadline',
    '-  ctx, cancel := WithTimeout(ctx, 5*time.Second)\n+  callCtx, cancel := WithTimeout(ctx, 300*time.Millisecond)',
    1,
  ],
  ['a number nearly as before', '-  cache_entries: 50000\n+  cache_entries: 60000', 0],
  ['another name', '-  const total = sum(items)\n+  const amount = sum(items)', -1.5],
  ['lines in another order', '-a = 1\n-b = two\n+b = two\n+a = 1', -1.5],
  ['a patch version', '-\tgrpc v1.61.1\n+\tgrpc v1.61.2', -1.5],
  ['a minor version', '-\tgrpc v1.61.1\n+\tgrpc v1.62.0', -0.5],
  ['a major version', '-\tgrpc v1.61.1\n+\tgrpc v2.0.0', 1],
  ['a colour', '-  color: #fff000;\n+  color: #000fff;', -1.5],
  ['nothing', '', 0],
  ['only context', '@@ func a() {\n   return b', 0],
])('%s weighs %#', (_what, diff, weight) => {
  expect(classOfDiff(diff).weight).toBe(weight);
});
