import { expect, test } from '@jest/globals';
import { createDataFrame, FieldType } from '@grafana/data';
import { aSlo, calmSlo, unknownSlo } from '../../testing/slo-builders';
import { chooseSlos } from './choose-slos';
import { fromFrames } from './from-frames';
import { burnOf, leftOf } from './figure-text';
import type { PanelSlo } from './panel-slo';
import { toFrame } from './to-frame';

const automatic = { nameLabel: '', valueMeans: 'automatic' } as const;

function slosOf(result: ReturnType<typeof fromFrames>): PanelSlo[] {
  return result.kind === 'slos' ? result.slos : [];
}

function seriesFrame(metric: string, labels: Record<string, string>, ...values: Array<number | null>) {
  return createDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: values.map((_value, index) => 1000 * index) },
      { name: 'Value', type: FieldType.number, labels: { __name__: metric, ...labels }, values },
    ],
  });
}

const sloth = { sloth_slo: 'availability', sloth_service: 'checkout', sloth_id: 'checkout-availability' };

test('the answer of the sidecar is of the documented form, and is written as on the page', () => {
  const frame = toFrame([unknownSlo, aSlo(), calmSlo], true);
  const [unknown, burning, calm] = slosOf(fromFrames([frame], automatic));
  expect(unknown).toMatchObject({ name: 'Search latency', endsMs: null, status: 'no_data' });
  expect(unknown && [leftOf(unknown), burnOf(unknown)]).toEqual(['No data', 'No data']);
  expect(burning && [leftOf(burning), burnOf(burning)]).toEqual(['12%', '22x']);
  expect(calm).toMatchObject({ id: 'cart-availability', service: 'cart', objective: 0.9995 });
});

test('without corrections a budget is what it would be without them', () => {
  const [slo] = slosOf(fromFrames([toFrame([aSlo()], false)], automatic));
  expect(slo && leftOf(slo)).toBe('9.9%');
});

test('series of rules are one budget by their labels: the last value counts, the course is drawn', () => {
  const left = seriesFrame('slo:period_error_budget_remaining:ratio', sloth, 0.5, 0.4, null);
  const burn = seriesFrame('slo:current_burn_rate:ratio', sloth, 1, 3);
  const slos = slosOf(fromFrames([burn, left], automatic));
  expect(slos).toHaveLength(1);
  const [slo] = slos;
  expect(slo).toMatchObject({ name: 'availability', service: 'checkout', id: 'checkout-availability' });
  expect(slo?.left?.value).toBe(0.4);
  expect(slo?.burn?.value).toBe(3);
  expect(slo?.history?.y.values).toEqual([0.5, 0.4, null]);
});

test('series of other names say by the options what they mean and who they are', () => {
  const frame = seriesFrame('budget', { objective: 'orders' }, 0.3);
  expect(fromFrames([frame], automatic).kind).toBe('unfit');
  const [slo] = slosOf(fromFrames([frame], { nameLabel: 'objective', valueMeans: 'left' }));
  expect(slo).toMatchObject({ name: 'orders', left: { value: 0.3 } });
});

test('what does not fit is named by its fields, and no data is no fault', () => {
  const frame = createDataFrame({ fields: [{ name: 'Value', type: FieldType.number, values: [1] }] });
  expect(fromFrames([frame], automatic)).toEqual({ kind: 'unfit', returned: ['Value'] });
  expect(fromFrames([createDataFrame({ fields: [] })], automatic)).toEqual({ kind: 'slos', slos: [] });
});

test('a table needs a name and one of the two figures', () => {
  const slo = { name: 'slo', type: FieldType.string, values: ['a', ''] };
  expect(fromFrames([createDataFrame({ fields: [slo] })], automatic).kind).toBe('unfit');
  const burn = { name: 'burn_rate', type: FieldType.number, values: [2, 3] };
  const slos = slosOf(fromFrames([createDataFrame({ fields: [slo, burn] })], automatic));
  expect(slos.map(({ name, endsMs }) => [name, endsMs])).toEqual([['a', undefined]]);
});

test('options choose by name, id and service, in the order that is asked for', () => {
  const slos = slosOf(fromFrames([toFrame([aSlo(), calmSlo, unknownSlo], true)], automatic));
  const all = { slo: '', service: '', sort: 'left', rows: 20 } as const;
  const ids = (choice: Partial<Parameters<typeof chooseSlos>[1]>) =>
    chooseSlos(slos, { ...all, ...choice }).map(({ id }) => id);
  expect(ids({})).toEqual(['search-latency', 'checkout-availability', 'cart-availability']);
  expect(ids({ sort: 'burn' })).toEqual(['checkout-availability', 'cart-availability', 'search-latency']);
  expect(ids({ sort: 'name' })).toEqual(['cart-availability', 'checkout-availability', 'search-latency']);
  expect(ids({ rows: 1 })).toEqual(['search-latency']);
  expect(ids({ service: 'cart, search' })).toEqual(['search-latency', 'cart-availability']);
  expect(ids({ slo: 'Cart availability,checkout-availability' })).toEqual([
    'checkout-availability',
    'cart-availability',
  ]);
  expect(ids({ service: '$__all' })).toHaveLength(3);
});
