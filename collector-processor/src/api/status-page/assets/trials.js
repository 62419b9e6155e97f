import { byId, empty, h, table } from './element.js';
import { count, plural } from './format.js';

const faultNames = { point: 'Point', level: 'Level', trend: 'Trend', spread: 'Spread', silence: 'Silence' };

/** What would be found, of faults in copies of live series. */
export function showDrills({ state, kinds: rows, size, steps }) {
  const columns = [
    { label: 'Fault', kind: 'lead', cell: ({ kind }) => faultNames[kind] ?? kind },
    { label: 'Found', kind: 'number', cell: ({ found, missed }) => `${count(found)} of ${count(found + missed)}` },
    { label: 'After steps', kind: 'number', cell: ({ delaySteps }) => (delaySteps === null ? 'No data' : delaySteps) },
    { label: 'Under way', kind: 'number', cell: ({ running }) => count(running) },
  ];
  const off = empty('Faults are not rehearsed (score.drills.enabled).');
  const shown = () => [h('p', { class: 'hint' }, sentenceOfDrills({ size, steps })), table(columns, rows)];
  byId('drills').replaceChildren(...(state === 'off' ? [off] : shown()));
}

export function sentenceOfDrills({ size, steps }) {
  return `In copies of live series, ${count(size)} times as far as the expected range reaches, for ${plural(steps, 'step', 'steps')}.`;
}

/** What another configuration would have told. */
export function showShadow({ report }) {
  byId('shadow').replaceChildren(h('p', { class: 'hint' }, sentenceOfShadow(report)));
}

export function sentenceOfShadow(report) {
  if (report === undefined) return 'No configuration runs in shadow (score.shadow.enabled).';
  const { series, raised, pages, besideSeries, besideService, insideIncidents, liveRaised, missed } = report;
  const beside = `${count(besideSeries + besideService)} beside live ones, ${count(insideIncidents)} within incidents`;
  const would = `The shadow would have raised ${plural(raised, 'finding', 'findings')} (${plural(pages, 'page', 'pages')}): ${beside}.`;
  return `${would} It would have missed ${count(missed)} of ${plural(liveRaised, 'live finding', 'live findings')}, on ${count(series)} series.`;
}
