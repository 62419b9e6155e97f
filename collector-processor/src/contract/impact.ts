import { Type } from 'typebox';
import { TimeMs } from './nullable.ts';
import { words } from './words.ts';

export const Severity = words(
  'Severity',
  ['critical', 'major', 'minor'],
  'By what crossed the page border and where, by what alerts from outside say, and by whom it harms.',
);

const ServiceHarm = Type.Object(
  {
    service: Type.String(),
    environment: Type.String(),
    requests: Type.Number({ minimum: 0, description: 'While it was odd.' }),
    failed: Type.Number({ minimum: 0, description: 'Beyond what is usual.' }),
    slow: Type.Number({ minimum: 0, description: 'At least so many took longer than is usual.' }),
  },
  { title: 'ServiceHarm', additionalProperties: false },
);

const BudgetSpent = Type.Object(
  {
    id: Type.String({ description: 'Of the objective.' }),
    service: Type.String(),
    share: Type.Number({ minimum: 0, description: 'Of the whole budget: 1 is all of it.' }),
  },
  { title: 'BudgetSpent', additionalProperties: false, description: 'What it took from an error budget.' },
);

export const Impact = Type.Object(
  {
    toMs: TimeMs('Until when it is counted'),
    severity: Severity,
    services: Type.Array(ServiceHarm, {
      description: 'Most harmed first. A request may pass several services: not to be added up.',
    }),
    visitors: Type.Integer({
      minimum: 0,
      description: 'Users, or sessions, whose requests failed; 0 also where no attribute of spans tells.',
    }),
    budgets: Type.Array(BudgetSpent),
  },
  { title: 'Impact', additionalProperties: false, description: 'Whom it harmed, as far as is known.' },
);
