import { expect, test } from '@jest/globals';
import { anIncident } from '../store/testing/builders.ts';
import { incidentReport } from './incident-report.ts';

const impact = {
  toMs: 0,
  severity: 'major',
  services: [
    { service: 'check_out', environment: '', requests: 1999.6, failed: 800.2, slow: 20 },
    { service: 'web', environment: '', requests: 100, failed: 1, slow: 0 },
  ],
  visitors: 31,
  budgets: [{ id: 'checkout-availability', service: 'checkout', share: 0.034 }],
} as const;

test('a report tells whom it harmed and what it took from error budgets', () => {
  const report = incidentReport(anIncident({ impact }), []);
  expect(report).toContain('| Requests harmed | check\\_out: 800 failed, at least 20 slow, of 2000 |');
  expect(report).toContain('| Users or sessions with failures | 31 |');
  expect(report).toContain('| Error budget spent | checkout-availability: 3.4 % |');
});

test('and says where nothing is known', () => {
  const report = incidentReport(anIncident(), []);
  for (const row of ['Requests harmed | None known', 'with failures | None known', 'spent | No objective measured'])
    expect(report).toContain(row);
});
