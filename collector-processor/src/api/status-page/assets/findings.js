import { byId, empty, h, table, time, toned } from './element.js';
import { duration, plural, score, seconds } from './format.js';

const arrows = { up: '▲ up', down: '▼ down' };

const findingColumns = (nowMs) => [
  { label: 'Finding', kind: 'lead', cell: ({ sentence }) => sentence },
  { label: 'Service', kind: 'plain', cell: ({ series }) => series.service },
  { label: 'Signal', kind: 'short plain', cell: ({ series }) => series.signal },
  { label: 'Direction', kind: 'short plain', cell: ({ direction }) => arrows[direction] },
  { label: 'Score', kind: 'number', cell: scoreCell },
  { label: 'Since', kind: 'short plain', cell: ({ startMs }) => time(startMs, nowMs) },
  { label: 'State', kind: 'short plain', cell: stateCell },
];

function scoreCell({ peakScore, border }) {
  return border === 'page' ? toned('bad', `!! ${score(peakScore)}`) : toned('notice', score(peakScore));
}

function stateCell({ state, startMs, endMs }) {
  return state === 'open' ? 'still going on' : `ended after ${duration(endMs - startMs)}`;
}

let shownIds = new Set();

/** New rows wait for a click while the pointer or the focus is in the list, so that nothing moves under the hand. */
export function showFindings(page, nowMs, { status }) {
  const place = byId('findings');
  const button = byId('show-new');
  const fresh = page.items.filter(({ id }) => !shownIds.has(id)).length;
  const show = () => {
    shownIds = new Set(page.items.map(({ id }) => id));
    button.hidden = true;
    place.replaceChildren(...findingParts(page, nowMs, status));
  };
  if (fresh > 0 && shownIds.size > 0 && place.matches(':hover, :focus-within')) {
    button.textContent = `Show ${plural(fresh, 'new finding', 'new findings')}`;
    button.hidden = false;
    button.onclick = show;
  } else show();
}

function findingParts({ items, total, totalIsExact }, nowMs, status) {
  if (items.length === 0) return [empty(nothingFound(status))];
  const all = `${totalIsExact ? '' : 'more than '}${total}`;
  const note = h(
    'p',
    { class: 'hint' },
    `The newest ${items.length} of ${all}. Score 1 is the notice border; !! is above the page border.`,
  );
  return [table(findingColumns(nowMs), items), note];
}

/** An empty list says whether anything was watched. */
function nothingFound(status) {
  const scored = status?.coverage.scored ?? 0;
  if (scored === 0) return 'No series is scored yet, so nothing can be found.';
  return `Nothing odd was found in ${plural(scored, 'series', 'series')}.`;
}

export function showChanges({ items }, nowMs) {
  const columns = [
    {
      label: 'Change',
      kind: 'lead',
      cell: ({ kind, service, from, to }) => `${kind} of ${service}: ${from === '' ? '' : `${from} to `}${to}`,
    },
    { label: 'Environment', kind: 'plain', cell: ({ environment }) => environment },
    { label: 'When', kind: 'short plain', cell: ({ timeMs }) => time(timeMs, nowMs) },
  ];
  byId('changes').replaceChildren(items.length === 0 ? empty('No changes seen.') : table(columns, items));
}

const urgency = { short: ['bad', 'runs out soon'], filling: ['quiet', 'has time'] };

/** Resources that may run out within 60 days, in the order in which they were seen first. */
export function showForecasts({ items }, nowMs) {
  const columns = [
    { label: 'Resource', kind: 'lead', cell: ({ sentence }) => sentence },
    { label: 'State', kind: 'short plain', cell: ({ state }) => toned(...(urgency[state] ?? ['quiet', state])) },
    { label: 'Seen', kind: 'short plain', cell: ({ timeMs }) => time(timeMs, nowMs) },
  ];
  const none = 'No disk, memory, pool, quota or certificate that is followed may run out within 60 days.';
  byId('forecasts').replaceChildren(items.length === 0 ? empty(none) : table(columns, items));
}

/** Faults of the demo shop beside what was found of them; the section is there in the demo only. */
export function showInjections({ items }, nowMs) {
  byId('injections-section').hidden = items.length === 0;
  const columns = [
    { label: 'Fault', kind: 'lead', cell: ({ fault, service }) => `${fault} in ${service}` },
    { label: 'Injected', kind: 'short', cell: ({ startMs }) => time(startMs, nowMs) },
    { label: 'Until', kind: 'short', cell: ({ endMs }) => (endMs === undefined ? 'still on' : time(endMs, nowMs)) },
    { label: 'Found', kind: 'wide plain', cell: foundCell },
  ];
  byId('injections').replaceChildren(table(columns, items));
}

/** Findings of one fault that are named; all stand in the list below. */
const SHOWN = 3;

function foundCell({ found, endMs }) {
  if (found.length === 0) return endMs === undefined ? toned('quiet', 'not yet') : toned('bad', 'not found');
  const lines = found
    .slice(0, SHOWN)
    .map(({ signal, service, direction, delayMs, sentence }) =>
      h(
        'div',
        { title: sentence },
        toned('good', `after ${seconds(delayMs)}`),
        ` ${signal} of ${service}, ${arrows[direction]}`,
      ),
    );
  const more = found.length - lines.length;
  return h('div', {}, ...lines, more > 0 ? toned('quiet', `and ${more} more`) : '');
}
