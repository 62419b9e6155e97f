import { describe, expect, test } from '@jest/globals';
import { NOON } from './builders.ts';
import type { OpenTest } from './store-kinds.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;

export function tokenCases(open: OpenTest): void {
  describe('tokens', () => {
    test('are known by their secret, which is not kept', async () => {
      const { tokens } = await open();
      const issued = await tokens.create({ name: 'grafana', role: 'operator' });
      expect(issued?.secret).toMatch(/^sntl_[A-Za-z0-9_-]{43}$/);
      expect(await tokens.authenticate(issued?.secret ?? '')).toMatchObject({ name: 'grafana', role: 'operator' });
      expect(await tokens.authenticate('sntl_wrong')).toBeUndefined();
      expect(await tokens.authenticate('')).toBeUndefined();
      expect(JSON.stringify(await tokens.list())).not.toContain(issued?.secret.slice(5));
    });

    test('are refused once revoked or expired', async () => {
      const { tokens, clock } = await open();
      const brief = await tokens.create({ name: 'brief', role: 'reader', expiresAtMs: NOON + MINUTE });
      const lasting = await tokens.create({ name: 'lasting', role: 'reader' });
      clock.nowMs = NOON + MINUTE - 1;
      expect(await tokens.authenticate(brief?.secret ?? '')).toBeDefined();
      clock.nowMs = NOON + MINUTE;
      expect(await tokens.authenticate(brief?.secret ?? '')).toBeUndefined();
      expect(await tokens.revoke(lasting?.token.id ?? '')).toBe(true);
      expect(await tokens.authenticate(lasting?.secret ?? '')).toBeUndefined();
      clock.nowMs = NOON + HOUR;
      expect(await tokens.revoke(lasting?.token.id ?? '')).toBe(true);
      expect(await tokens.revoke('none')).toBe(false);
      const listed = await tokens.list();
      expect(listed.find(({ name }) => name === 'lasting')?.revokedAtMs).toBe(NOON + MINUTE);
    });

    test('tell when they were last used, to the minute', async () => {
      const { tokens, clock } = await open();
      const issued = await tokens.create({ name: 'grafana', role: 'reader' });
      const use = () => tokens.authenticate(issued?.secret ?? '');
      const lastUse = async () => (await tokens.list())[0]?.lastUsedAtMs;
      expect(await lastUse()).toBeUndefined();
      await use();
      expect(await lastUse()).toBe(NOON);
      clock.nowMs = NOON + MINUTE - 1;
      await use();
      expect(await lastUse()).toBe(NOON);
      clock.nowMs = NOON + MINUTE;
      await use();
      expect(await lastUse()).toBe(NOON + MINUTE);
    });

    test('are as many as the setting allows; one more is refused and counted', async () => {
      const { tokens, metrics } = await open({ maxTokens: 2 });
      await tokens.createFirst();
      expect(await tokens.create({ name: 'second', role: 'reader' })).toBeDefined();
      expect(await tokens.create({ name: 'third', role: 'reader' })).toBeUndefined();
      expect(await tokens.list()).toHaveLength(2);
      expect(metrics.render()).toContain('sentinel_store_tokens_refused_total 1');
    });

    test('begin with one for the administrator, made once', async () => {
      const { tokens } = await open();
      const first = await tokens.createFirst();
      expect(first?.token.role).toBe('admin');
      expect(await tokens.createFirst()).toBeUndefined();
      await tokens.revoke(first?.token.id ?? '');
      expect(await tokens.createFirst()).toBeUndefined();
    });
  });
}
