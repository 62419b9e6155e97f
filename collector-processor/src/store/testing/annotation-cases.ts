import { describe, expect, test } from '@jest/globals';
import { anAnnotation, NOON } from './builders.ts';
import type { OpenTest } from './store-kinds.ts';

export function annotationCases(open: OpenTest): void {
  describe('the ledger of annotations', () => {
    test("gives back what was put, with and without Grafana's number and end", async () => {
      const { annotations } = await open();
      await annotations.put(anAnnotation());
      expect(await annotations.get('sentinel-1')).toEqual(anAnnotation());
      const later = anAnnotation({
        state: 'closed',
        grafanaId: 41,
        endMs: NOON + 5,
        dirty: false,
        updatedAtMs: NOON + 9,
      });
      await annotations.put(later);
      expect(await annotations.get('sentinel-1')).toEqual(later);
      expect(await annotations.get('none')).toBeUndefined();
    });

    test('names the dirty ones and the open ones, oldest first', async () => {
      const { annotations } = await open();
      await annotations.put(anAnnotation({ key: 'b', updatedAtMs: NOON + 2 }));
      await annotations.put(anAnnotation({ key: 'a', updatedAtMs: NOON + 3, state: 'created', grafanaId: 1 }));
      await annotations.put(anAnnotation({ key: 'c', updatedAtMs: NOON + 1, state: 'closed', endMs: NOON }));
      await annotations.put(anAnnotation({ key: 'd', state: 'created', dirty: false }));
      expect((await annotations.pending(2)).map(({ key }) => key)).toEqual(['c', 'b']);
      expect((await annotations.open(9)).map(({ key }) => key)).toEqual(['d', 'b', 'a']);
    });
  });
}
