import { coverageOf, generators } from '../src/score/forecast/testing/generated-series.ts';

/**
 * How many truths lie inside the 90 % interval of a forecast, on generated series: `{ "trials", "coverage": [{ "kind", "seen",
 * "ahead", "inside" }], "ms_per_look" }` as the last line. Lengths in hours.
 */
const TRIALS = 400;
const before = process.cpuUsage();
let looks = 0;
const coverage = Object.entries(generators).flatMap(([kind, generator]) =>
  [24, 60, 168, 672].flatMap((seen) =>
    [seen / 3, seen].map((ahead) => {
      looks += TRIALS;
      const inside = coverageOf(generator, { trials: TRIALS, length: seen, ahead: Math.round(ahead) });
      return { kind, seen, ahead: Math.round(ahead), inside };
    }),
  ),
);
for (const { kind, seen, ahead, inside } of coverage) {
  process.stdout.write(`${kind.padEnd(38)} ${seen} h seen, ${ahead} h ahead: ${(100 * inside).toFixed(0)} %\n`);
}
const msPerLook = process.cpuUsage(before).user / 1000 / looks;
process.stdout.write(`${JSON.stringify({ trials: TRIALS, coverage, ms_per_look: Number(msPerLook.toFixed(2)) })}\n`);
