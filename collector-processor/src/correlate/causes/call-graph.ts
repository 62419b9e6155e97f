import type { CaseCall, CaseLog } from './cause-case.ts';

/** Who calls whom, learned from spans and from lines that name another service. */
export class CallGraph {
  readonly #callees = new Map<string, Map<string, CaseCall>>();
  readonly #callers = new Map<string, Set<string>>();

  constructor(calls: readonly CaseCall[], logs: readonly CaseLog[]) {
    for (const call of calls) this.#add(call);
    for (const { service, names } of logs) {
      for (const to of names) {
        // A callee that complains about its caller is no call: what spans say wins.
        if (!this.calleesOf(to).some((call) => call.to === service)) this.#add({ from: service, to, remote: false });
      }
    }
  }

  calleesOf(service: string): readonly CaseCall[] {
    return [...(this.#callees.get(service)?.values() ?? [])];
  }

  callersOf(service: string): readonly string[] {
    return [...(this.#callers.get(service) ?? [])];
  }

  /** `start` and all it leads to, each after everyone that calls it (but for cycles). */
  inCallOrder(start: string): readonly string[] {
    const seen = new Set<string>();
    const done: string[] = [];
    const visit = (service: string): void => {
      if (seen.has(service)) return;
      seen.add(service);
      for (const { to } of this.calleesOf(service)) visit(to);
      done.push(service);
    };
    visit(start);
    return done.reverse();
  }

  /** `end` and all that lead to it. */
  leadingTo(end: string): ReadonlySet<string> {
    const found = new Set([end]);
    // What is added while it runs is looked at as well.
    for (const service of found) for (const caller of this.callersOf(service)) found.add(caller);
    return found;
  }

  #add(call: CaseCall): void {
    if (call.from === call.to) return;
    const known = this.#callees.get(call.from) ?? new Map<string, CaseCall>();
    if (!known.has(call.to)) known.set(call.to, call);
    this.#callees.set(call.from, known);
    this.#callers.set(call.to, (this.#callers.get(call.to) ?? new Set()).add(call.from));
  }
}
