import { afterEach, expect, test } from '@jest/globals';
import { createDataFrame, type DataFrame, dateTime, EventBusSrv, FieldType, LoadingState } from '@grafana/data';
import { cleanup, screen } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import type { ComponentProps } from 'react';
import { serveReplies } from '../../testing/backend';
import { renderAt } from '../../testing/render';
import { aSlo, calmSlo, unknownSlo } from '../../testing/slo-builders';
import type { SloOptions } from './options';
import SloPanel from './SloPanel';

afterEach(cleanup);

const defaults: SloOptions = {
  source: 'sentinel',
  show: 'list',
  slo: '',
  service: '',
  sort: 'left',
  rows: 20,
  corrections: true,
  showEnd: true,
  nameLabel: '',
  valueMeans: 'automatic',
};

type Panel = ComponentProps<typeof SloPanel>;

function draw(options: Partial<SloOptions>, part: Partial<Panel> = {}, series: DataFrame[] = []) {
  const timeRange = { from: dateTime(0), to: dateTime(1), raw: { from: dateTime(0), to: dateTime(1) } };
  const props: Panel = {
    id: 1,
    data: { state: LoadingState.Done, series, timeRange },
    timeRange,
    timeZone: 'utc',
    options: { ...defaults, ...options },
    transparent: false,
    width: 800,
    height: 400,
    fieldConfig: { defaults: {}, overrides: [] },
    renderCounter: 0,
    title: '',
    eventBus: new EventBusSrv(),
    onOptionsChange: () => undefined,
    onFieldConfigChange: () => undefined,
    replaceVariables: (text) => text.replace('$service', 'cart,search'),
    onChangeTimeRange: () => undefined,
    ...part,
  };
  return renderAt('/', <SloPanel {...props} />);
}

function serve(...items: Array<ReturnType<typeof aSlo>>) {
  return serveReplies({ '/slos': { status: 200, data: { items, total: items.length } } });
}

test('a large panel lists every budget, the one nobody can tell first, and leads to its page', async () => {
  serve(aSlo(), calmSlo, unknownSlo);
  draw({});
  expect(
    await screen.findByRole('row', { name: /^Checkout availability 12% 22x Runs out .* Burning fast$/ }),
  ).toBeVisible();
  const names = screen.getAllByRole('rowheader').map(({ textContent }) => textContent);
  expect(names).toEqual(['Search latency', 'Checkout availability', 'Cart availability']);
  expect(screen.getByRole('link', { name: 'Cart availability' })).toHaveAttribute(
    'href',
    '/a/sentinel-observability-app/slos/cart-availability',
  );
});

test('a small one has room for the figures only', async () => {
  serve(aSlo());
  draw({}, { width: 300, height: 120 });
  expect(await screen.findByRole('row', { name: 'Checkout availability 12% 22x' })).toBeInTheDocument();
});

test('a tiny one says what is left of the worst, and of how many it is', async () => {
  serve(aSlo(), calmSlo);
  draw({}, { width: 100, height: 60 });
  expect(await screen.findByText('12% left')).toBeInTheDocument();
  expect(screen.getByText('worst of 2')).toBeInTheDocument();
});

test.each([
  ['budget', '12%'],
  ['burn', '22x'],
] as const)('as %s the figure is large', async (show, figure) => {
  serve(aSlo());
  draw({ show });
  expect((await screen.findAllByText(figure)).length).toBeGreaterThan(0);
  expect(screen.getByRole('listitem')).toHaveTextContent('Checkout availability');
});

test('variables are replaced: only the chosen services are shown', async () => {
  serve(aSlo(), calmSlo, unknownSlo);
  draw({ service: '$service' });
  await screen.findByText('Cart availability');
  expect(screen.queryByText('Checkout availability')).toBeNull();
});

test.each([
  [{ status: 502, data: {} }, 'The sidecar cannot be reached'],
  [{ status: 403, data: { message: 'denied' } }, 'You cannot view SLOs'],
  [{ status: 404, data: {} }, 'The Sentinel app is not enabled'],
  [{ status: 200, data: { items: [], total: 0 } }, 'No SLOs match'],
])('why there is nothing is said in one line: %j', async (reply, text) => {
  serveReplies({ '/slos': reply });
  draw({});
  expect(await screen.findByText(text)).toBeInTheDocument();
});

test('series of rules are drawn without asking the sidecar', async () => {
  const asked = serve();
  const frame = createDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: [0] },
      {
        name: 'slo:period_error_budget_remaining:ratio',
        type: FieldType.number,
        labels: { sloth_slo: 'orders' },
        values: [-0.18],
      },
    ],
  });
  draw({ source: 'query' }, {}, [frame]);
  expect(await screen.findByRole('row', { name: 'orders -18% No data' })).toBeInTheDocument();
  expect(asked).toEqual([]);
});
