/**
 * The gate of detection, a part of `npm test`: what is found on recorded and generated files may not become worse. After a
 * change that is meant to change it
 *
 *   npm run gates:update
 *
 * draws the baseline anew and says what moved; the difference is then part of the commit.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compare } from './gates/bootstrap.ts';
import { describe, gateCases, type Results, scoreAll, selfTests } from './gates/cases.ts';
import { runCases } from './grafana/suite.ts';

const path = `${import.meta.dirname}/gates/baseline.json`;
const { values: given } = parseArgs({ options: { update: { type: 'boolean', default: false } } });
const baseline = JSON.parse(readFileSync(path, 'utf8')) as Results;
const now = scoreAll();

if (given.update) {
  for (const [name, files] of Object.entries(now)) {
    const old = baseline[name];
    const mean = files.reduce((sum, { score }) => sum + score, 0) / files.length;
    process.stdout.write(`${name}: mean ${mean.toFixed(1)} of ${files.length} files\n`);
    if (old?.length === files.length) process.stdout.write(`${describe(compare(old, files)).join('\n')}\n`);
  }
  writeFileSync(path, `${JSON.stringify(now, undefined, 2)}\n`);
} else {
  process.exitCode = (await runCases([...gateCases(baseline, now), ...selfTests(now)])) ? 0 : 1;
}
