import type { Director } from '../director/director.ts';
import { faultMenu, faultNamed } from '../faults/menu.ts';

export type OrderReply =
  { readonly kind: 'done'; readonly text: string } | { readonly kind: 'unknown' | 'busy'; readonly text: string };

export interface Orders {
  inject(name: string): OrderReply;
  list(): string[];
}

/** What can be asked of the running demo, from its terminal or from another. */
export function createOrders(director: Director): Orders {
  return {
    inject(name) {
      const fault = faultNamed(name);
      if (fault === undefined) return { kind: 'unknown', text: `There is no fault "${name}". ${known()}` };
      const outcome = director.inject(fault);
      if (outcome.kind === 'accepted') return { kind: 'done', text: `${fault.name} goes in.` };
      return { kind: 'busy', text: `${outcome.running.name} is still under way; one fault at a time.` };
    },
    list: () => faultMenu.map(({ name, title }) => `${name}: ${title}`),
  };
}

function known(): string {
  return `There are: ${faultMenu.map(({ name }) => name).join(', ')}.`;
}
