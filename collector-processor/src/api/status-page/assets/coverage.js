import { byId, h, table, time } from './element.js';
import { bytes, count, plural } from './format.js';

const figureNames = {
  scored: 'Scored',
  light: 'Scored lightly',
  learning: 'Learning',
  silent: 'Silent',
  evicted: 'Evicted',
  unsuitable: 'Unsuitable',
  fromHistory: 'Learned from history',
  awaitingHistory: 'Waiting for history',
};
const stateNames = { silent: 'Silent', evicted: 'Evicted', unsuitable: 'Unsuitable', learning: 'Learning' };

export function showCoverage({ coverage, memory, nowMs }) {
  const known = Object.entries(figureNames).filter(([state]) => coverage[state] !== undefined);
  const figures = known.map(([state, name]) => h('div', {}, h('dt', {}, name), h('dd', {}, count(coverage[state]))));
  const used = h('div', {}, h('dt', {}, 'Memory'), h('dd', {}, bytes(memory.rssBytes)));
  const { learnedAtMs } = coverage;
  const until =
    learnedAtMs === undefined
      ? []
      : [h('p', { class: 'hint' }, 'The last one has learned: ', time(learnedAtMs, nowMs))];
  byId('coverage').replaceChildren(h('dl', { class: 'figures' }, ...figures, used), ...until);
}

/** What is not watched, and why. What learns is named by its number and its end: it needs no reason each. */
export function showUnwatched({ items, total }, nowMs) {
  const columns = [
    { label: 'Not watched', kind: 'lead', cell: ({ title }) => title },
    { label: 'State', kind: 'short plain', cell: ({ state }) => stateNames[state] ?? state },
    { label: 'Why', kind: 'wide', cell: ({ why }) => why },
    { label: 'Since', kind: 'short', cell: ({ sinceMs }) => time(sinceMs, nowMs) },
  ];
  const parts = items.length === 0 ? [] : [table(columns, items)];
  const more = moreOf(total - items.length);
  byId('unwatched').replaceChildren(...parts, ...(more === '' ? [] : [h('p', { class: 'hint' }, more)]));
}

export function moreOf(left) {
  return left <= 0 ? '' : `${plural(left, 'more is', 'more are')} at /api/v1/coverage.`;
}
