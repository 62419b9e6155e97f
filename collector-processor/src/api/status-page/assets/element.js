import { fullTime, timeAndAge } from './format.js';

/** An element with attributes and children. Texts become text nodes: telemetry is never read as HTML. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

/** A time whose age goes on; see `renewAges`. */
export function time(timeMs, nowMs) {
  const attributes = { datetime: new Date(timeMs).toISOString(), 'data-ms': String(timeMs), title: fullTime(timeMs) };
  return h('time', attributes, timeAndAge(timeMs, nowMs));
}

export function renewAges(nowMs) {
  for (const element of document.querySelectorAll('time[data-ms]')) {
    element.textContent = timeAndAge(Number(element.dataset.ms), nowMs);
  }
}

/**
 * A table that becomes cards on a narrow page. A column is `{ label, cell(row), kind }`. Kinds: `number` is right-aligned,
 * `short` never broken; in a card `lead` is the headline, `wide` a line of its own, and `plain` needs no label.
 */
export function table(columns, rows) {
  const head = columns.map(({ label, kind = '' }) => h('th', { scope: 'col', class: kind }, label));
  const body = rows.map((row) =>
    h(
      'tr',
      {},
      ...columns.map(({ label, cell, kind = '' }) => h('td', { 'data-label': label, class: kind }, cell(row))),
    ),
  );
  return h('table', {}, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...body));
}

export function empty(text) {
  return h('p', { class: 'empty quiet' }, text);
}

export function toned(tone, text) {
  return h('span', { class: tone }, text);
}
