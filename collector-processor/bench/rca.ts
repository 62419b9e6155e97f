/**
 * Names causes in cases where the true one is known, with the ranking that the product runs and its one configuration.
 *
 *   npm run bench:rca -- --suite sock-shop|petshop|rootcausebench --data DIR
 *
 * Prints the cases it got wrong, and as the last line one JSON object with the figures that apply to the suite; simple rivals
 * over the same cases beside it.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { suites } from './rca/suites.ts';

const { values } = parseArgs({
  options: { suite: { type: 'string', default: '' }, data: { type: 'string', default: '' } },
});
const suite = suites[values.suite];
if (suite === undefined) {
  console.error(`--suite must be one of ${Object.keys(suites).join(', ')}.`);
  process.exitCode = 2;
} else if (!existsSync(values.data)) {
  console.log(`skipped: no data at "${values.data}" (--data DIR)`);
} else {
  console.log(JSON.stringify({ suite: values.suite, ...suite(values.data) }));
}
