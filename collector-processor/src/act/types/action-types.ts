import type { ActionType } from './action-type.ts';
import { runbook } from './runbook.ts';
import { webhook } from './webhook.ts';

/** Every type of action, by the name that the catalogue calls it. */
export const actionTypes: Readonly<Record<string, ActionType>> = { webhook, runbook };
