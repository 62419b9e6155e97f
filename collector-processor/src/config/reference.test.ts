import { expect, test } from '@jest/globals';
import { settingsReference } from './reference.ts';

test('every setting is a row with its path, default, choices and meaning', () => {
  const text = settingsReference({
    properties: {
      score: {
        description: 'How series are scored.',
        properties: {
          bucket: { description: 'Width | step.', default: '10s', unit: 'duration', least: '1s', most: '1h' },
        },
      },
      forward: {
        properties: {
          backends: {
            description: 'Where telemetry goes.',
            default: {},
            patternProperties: { '^.*$': { properties: { mode: { enum: ['a', 'b'], description: 'Mode.' } } } },
          },
        },
      },
    },
  });
  expect(text).toContain('## score\n\nHow series are scored.\n');
  expect(text).toContain(
    String.raw`| \`score.bucket\` | \`"10s"\` | Width \| step. From 1s to 1h. |`.replaceAll('\\`', '`'),
  );
  expect(text).toContain('| `forward.backends` | `{}` | Where telemetry goes. |');
  expect(text).toContain('| `forward.backends.<name>.mode` |  | Mode. One of `a`, `b`. |');
});
