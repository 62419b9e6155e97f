import { byId, empty, h, table, time, toned } from './element.js';
import { bytes, count, plural, rate } from './format.js';
import { sendTo } from './state.js';

const names = { traces: 'Traces', metrics: 'Metrics', logs: 'Logs' };
const breakers = {
  closed: ['good', '✓ takes telemetry'],
  half_open: ['notice', '? being tried'],
  open: ['bad', '✕ left alone for now'],
};

let before;

/** Rates are differences between two answers. */
function withRates(pipeline) {
  const seconds = before === undefined ? 0 : (pipeline.nowMs - before.nowMs) / 1_000;
  const rows = pipeline.traffic.map((traffic) => {
    const earlier = before?.traffic.find(({ signal }) => signal === traffic.signal);
    const per = (name) =>
      seconds > 0 && earlier !== undefined ? Math.max(0, traffic[name] - earlier[name]) / seconds : undefined;
    return { ...traffic, itemsPerSecond: per('items'), bytesPerSecond: per('bytes') };
  });
  before = pipeline;
  return rows;
}

export function showTraffic(pipeline) {
  const rows = withRates(pipeline);
  const columns = [
    { label: 'Signal', kind: 'lead', cell: ({ signal }) => names[signal] },
    { label: 'Items', kind: 'number', cell: ({ itemsPerSecond }) => rate(itemsPerSecond) },
    {
      label: 'Bytes',
      kind: 'number',
      cell: ({ bytesPerSecond }) => (bytesPerSecond === undefined ? 'No data' : `${bytes(bytesPerSecond)}/s`),
    },
    { label: 'Items in all', kind: 'number', cell: ({ items }) => count(items) },
    { label: 'Scored', kind: 'number', cell: ({ scored }) => count(scored) },
    { label: 'Not scored', kind: 'number', cell: ({ unscored }) => count(unscored) },
    {
      label: 'Refused requests',
      kind: 'number',
      cell: ({ refused }) => (refused === 0 ? '0' : toned('notice', count(refused))),
    },
  ];
  const none = rows.every(({ requests }) => requests === 0);
  byId('traffic').replaceChildren(none ? empty(`No telemetry yet. ${sendTo(pipeline)}`) : table(columns, rows));
}

export function showBackends({ backends, annotator, deadLetters, nowMs }) {
  const columns = [
    { label: 'Backend', kind: 'lead', cell: ({ name }) => name },
    { label: 'State', kind: 'short plain', cell: ({ breaker }) => toned(...breakers[breaker]) },
    { label: 'Delivered', kind: 'number', cell: ({ delivered }) => count(delivered) },
    { label: 'Held', kind: 'number', cell: heldCell },
    { label: 'Last error', kind: 'wide', cell: (backend) => errorCell(backend, nowMs) },
  ];
  const parts =
    backends.length === 0
      ? [empty('No backend is configured: telemetry is scored and not passed on.')]
      : [table(columns, backends)];
  if (deadLetters?.letters > 0) parts.push(deadLetterLine(deadLetters));
  if (annotator !== undefined) parts.push(annotatorLine(annotator));
  byId('backends').replaceChildren(...parts);
}

function heldCell({ inFlight, queuedRequests = inFlight, queuedBytes = 0 }) {
  return queuedBytes === 0 ? count(queuedRequests) : `${count(queuedRequests)} (${bytes(queuedBytes)})`;
}

function errorCell({ lastError }, nowMs) {
  if (lastError === undefined) return toned('quiet', 'none');
  return h('span', {}, `${lastError.message} (`, time(lastError.atMs, nowMs), ')');
}

function deadLetterLine({ letters }) {
  const what = plural(letters, 'request was acknowledged and then', 'requests were acknowledged and then');
  const text = `${what} refused for good: “sentinel dead-letters list” tells why.`;
  return h('p', { class: 'hint' }, toned('notice', text));
}

function annotatorLine({ pending, lastError }) {
  const text = pending === 0 ? 'Grafana has every annotation.' : `${count(pending)} annotations wait for Grafana.`;
  return h('p', { class: 'hint' }, lastError === undefined ? text : `${text} Last error: ${lastError.message}`);
}

export function showLimits({ limits = [] }) {
  byId('limits').replaceChildren(...limits.map((sentence) => h('p', { class: 'hint' }, toned('notice', sentence))));
}
