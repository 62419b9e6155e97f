import { showCoverage, showUnwatched } from './coverage.js';
import { byId, h, renewAges } from './element.js';
import { showChanges, showFindings, showForecasts, showInjections } from './findings.js';
import { clockTime } from './format.js';
import { showBackends, showLimits, showTraffic } from './pipeline.js';
import { keepToken, knownToken, read } from './read.js';
import { describeState } from './state.js';
import { showDrills, showShadow } from './trials.js';

const VISIBLE_MS = 2_000;
const HIDDEN_MS = 60_000;
const STALE_MS = 10_000;
const QUIET_START_MS = 300;

const answers = {};
let lastGoodMs;
let running = false;
let round = 0;

const UNWATCHED = '/api/v1/coverage?state=silent&state=evicted&state=unsuitable&limit=10';

/** Where a part comes from, where it is shown, and how; what looks at every series is asked for in one of `each` rounds. */
const parts = [
  { name: 'pipeline', path: '/api/v1/pipeline', places: ['traffic', 'backends'], show: showPipeline },
  { name: 'status', path: '/api/v1/status', places: ['coverage'], show: showStatus },
  { name: 'unwatched', path: UNWATCHED, places: ['unwatched'], show: showUnwatched, each: 5 },
  { name: 'findings', path: '/api/v1/anomalies?limit=20', places: ['findings'], show: showFindings },
  { name: 'forecasts', path: '/api/v1/forecasts?within=60&limit=8', places: ['forecasts'], show: showForecasts },
  { name: 'changes', path: '/api/v1/changes?limit=8', places: ['changes'], show: showChanges },
  { name: 'drills', path: '/api/v1/drills', places: ['drills'], show: showDrills },
  { name: 'shadow', path: '/api/v1/shadow', places: ['shadow'], show: showShadow },
  { name: 'injections', path: '/api/v1/injections', places: ['injections'], show: showInjections },
];

function showPipeline(pipeline) {
  showTraffic(pipeline);
  showBackends(pipeline);
  showLimits(pipeline);
}

function showStatus(status) {
  showCoverage(status);
  byId('about').textContent = `Version ${status.version}, instance ${status.instance.slice(0, 8)}`;
}

/** Clock of the sidecar, so that ages are right on a machine whose own clock is wrong. */
let clockAheadMs = 0;
const sidecarNow = () => Date.now() + clockAheadMs;

async function refresh({ name, path, places, show }) {
  const answer = await read(path);
  if (answer.kind === 'denied') return askForToken(answer.message);
  // That is said on top of the page, once.
  if (answer.kind === 'unreachable') return true;
  if (answer.kind === 'failed') return showFault(places, answer.message);
  lastGoodMs = Date.now();
  if (answer.body.nowMs !== undefined) clockAheadMs = answer.body.nowMs - Date.now();
  // What an empty list says depends on the other answers.
  const isEmpty = answer.body.items?.length === 0;
  const isNew = answer.kind === 'changed' || isEmpty || answers[name] === undefined || places.some(hasFault);
  answers[name] = answer.body;
  clearFault(places);
  if (isNew) show(answer.body, sidecarNow(), answers);
  return true;
}

const faultOf = (place) => byId(`${place}-fault`);
const hasFault = (place) => faultOf(place) !== null;

/** What was shown before stays, with the fault above it. */
function showFault(places, message) {
  for (const place of places) {
    clearFault([place]);
    byId(place).before(h('p', { id: `${place}-fault`, class: 'error' }, `${message} (${clockTime(Date.now())})`));
  }
  return true;
}

function clearFault(places) {
  for (const place of places) faultOf(place)?.remove();
}

function askForToken(message) {
  byId('access-reason').textContent = knownToken() === null ? 'This sidecar is read with a token only.' : message;
  keepToken(undefined);
  byId('content').hidden = true;
  byId('access').hidden = false;
  showState({ tone: 'quiet', text: '' });
  byId('freshness').textContent = '';
  if (document.activeElement === document.body) byId('token').focus();
  return false;
}

function showState({ tone, text }) {
  const line = byId('state');
  if (line.textContent !== text) line.textContent = text;
  line.className = tone;
}

function showFreshness() {
  const badge = byId('freshness');
  const isStale = lastGoodMs === undefined || Date.now() - lastGoodMs > STALE_MS;
  badge.className = isStale ? 'badge notice' : 'badge quiet';
  if (!isStale) badge.textContent = `Updated ${clockTime(lastGoodMs)}`;
  else badge.textContent = lastGoodMs === undefined ? 'No data yet' : `Data from ${clockTime(lastGoodMs)}`;
  if (!isStale) return;
  const since = lastGoodMs === undefined ? '' : ` It has not answered since ${clockTime(lastGoodMs)}.`;
  showState({ tone: 'notice', text: `The sidecar cannot be reached.${since} Trying again.` });
}

async function poll() {
  const readiness = await read('/readyz');
  for (const part of parts) if (round % (part.each ?? 1) === 0 && !(await refresh(part))) return false;
  round++;
  byId('access').hidden = true;
  byId('content').hidden = false;
  const known = { ...answers, readiness: readiness.body };
  showState(describeState(known));
  showFreshness();
  renewAges(sidecarNow());
  return true;
}

/** One round at a time; none while a token is asked for. */
async function run() {
  if (running) return;
  running = true;
  while (await poll()) await nextRound();
  running = false;
}

/** Sooner when the page comes back to sight. */
function nextRound() {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, document.hidden ? HIDDEN_MS : VISIBLE_MS);
    const wake = () => {
      clearTimeout(timer);
      resolve();
    };
    document.addEventListener('visibilitychange', wake, { once: true });
  });
}

byId('access').addEventListener('submit', (event) => {
  event.preventDefault();
  keepToken(byId('token').value.trim());
  byId('token').value = '';
  void run();
});

setTimeout(() => {
  if (lastGoodMs === undefined && byId('access').hidden && byId('state').textContent === '')
    showState({ tone: 'quiet', text: 'Loading the state' });
}, QUIET_START_MS);
void run();
