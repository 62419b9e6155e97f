import type { Role } from '../contract/token.ts';

const ranks: Readonly<Record<Role, number>> = { reader: 0, responder: 1, operator: 2, admin: 3 };

/** Each role may do all that those below it may. */
export function mayActAs(role: Role, needed: Role): boolean {
  return ranks[role] >= ranks[needed];
}

export function lowerRole(left: Role, right: Role): Role {
  return mayActAs(left, right) ? right : left;
}

/** What a route of Grafana's plugin proxy says it is for, in its fixed header: at most this role acts through it. */
const scopes: Readonly<Record<string, Role>> = {
  read: 'reader',
  respond: 'responder',
  operate: 'operator',
  admin: 'admin',
};

export function roleOfScope(scope: string): Role | undefined {
  return Object.hasOwn(scopes, scope) ? scopes[scope] : undefined;
}
