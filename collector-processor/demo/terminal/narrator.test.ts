import { expect, test } from '@jest/globals';
import type { Injection } from '../director/injection.ts';
import { latency } from '../faults/latency.ts';
import { anomaly } from '../testing/anomaly.ts';
import { createNarrator } from './narrator.ts';

const injection: Injection = { id: 'latency-1', fault: latency, startMs: 10_400 };

function narrate(tell: (narrator: ReturnType<typeof createNarrator>) => void, colours = false): string[] {
  const lines: string[] = [];
  tell(createNarrator({ write: (line) => lines.push(line), elapsedMs: () => 63_900, colours }));
  return lines;
}

test('an injection and its discovery are a line each, with time, service and delay', () => {
  const lines = narrate((narrator) => {
    narrator.injected(injection);
    narrator.found(anomaly(), injection);
  });
  expect(lines[0]).toBe('  1:03  injected  latency: payment answers five times slower, for 25 s');
  expect(lines[1]).toBe('  1:03  found     latency after 1 bucket, 2.1 s in payment: p95 of POST /charges up');
  expect(lines[2]?.trim()).toMatch(/^1:03 +p95 of POST \/charges in payment rose to 200 ms/);
});

test('a false finding says that there was no fault, on one line of readable length', () => {
  const lines = narrate((narrator) => {
    narrator.falseFinding(anomaly({ series: { operation: 'x'.repeat(300) } }));
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.length).toBeLessThan(140);
});

test('colours are only used where they are wanted', () => {
  expect(narrate((narrator) => narrator.trouble('no port')).join()).not.toContain('\u001b');
  expect(narrate((narrator) => narrator.trouble('no port'), true).join()).toContain('\u001b');
});
