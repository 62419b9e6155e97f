import { count, duration, plural } from './format.js';

const SILENT_MS = 60_000;

/**
 * The whole state in one line, the worst first. `tone` is never good while something is not watched: silence and learning
 * are no health.
 */
export function describeState({ status, pipeline, readiness }) {
  if (readiness?.ready === false) return { tone: 'notice', text: `Not ready: ${readiness.reasons.join(' ')}` };
  if (readiness?.troubles?.length > 0) return { tone: 'notice', text: readiness.troubles.join(' ') };
  if (status === undefined || pipeline === undefined) return { tone: 'quiet', text: '' };
  const refusing = pipeline.backends.filter(({ breaker }) => breaker !== 'closed');
  if (refusing.length > 0)
    return { tone: 'bad', text: `${sentenceOfBackends(refusing)} ${sentenceOfFindings(status)}` };
  const duty = stateOfDuty(status);
  if (duty !== undefined) return duty;
  if (pipeline.lastReceivedMs === undefined) return { tone: 'quiet', text: `No telemetry yet. ${sendTo(pipeline)}` };
  const silentMs = pipeline.nowMs - pipeline.lastReceivedMs;
  if (silentMs >= SILENT_MS) {
    const text = `No telemetry for ${duration(silentMs)}. Nothing can be found while nothing arrives.`;
    return { tone: 'notice', text };
  }
  return { tone: toneOf(status), text: `${sentenceOfFindings(status)} ${sentenceOfCoverage(status)}` };
}

/** Of several processes on one store only the active one tells what it finds. */
function stateOfDuty({ duty }) {
  if (duty?.state === 'standby')
    return { tone: 'quiet', text: `Standby: receives and forwards. ${duty.holder} is the active one.` };
  if (duty?.state === 'suspended')
    return { tone: 'notice', text: 'The lease cannot be renewed: findings are held back. Telemetry is forwarded.' };
  return undefined;
}

function toneOf({ anomalies, coverage }) {
  if (anomalies.paging > 0) return 'bad';
  if (anomalies.open > 0) return 'notice';
  return coverage.scored === 0 ? 'quiet' : 'good';
}

function sentenceOfBackends(backends) {
  const names = backends.map(({ name }) => name).join(', ');
  return `${names} ${backends.length === 1 ? 'does' : 'do'} not take telemetry.`;
}

function sentenceOfFindings({ anomalies: { open, paging } }) {
  if (open === 0) return 'No open findings.';
  const above = paging === 0 ? '' : `, ${count(paging)} above the page border`;
  return `${plural(open, 'open finding', 'open findings')}${above}.`;
}

function sentenceOfCoverage({ coverage: { scored, learning } }) {
  if (scored === 0)
    return learning === 0 ? 'No series is scored yet.' : `${plural(learning, 'series is', 'series are')} learning.`;
  const also = learning === 0 ? '' : `, ${count(learning)} ${learning === 1 ? 'is' : 'are'} learning`;
  return `${plural(scored, 'series is', 'series are')} scored${also}.`;
}

export function sendTo({ receivers }) {
  const places = receivers.map(({ wire, endpoint }) => `${endpoint} (${wire === 'grpc' ? 'gRPC' : 'HTTP'})`);
  return places.length === 0 ? 'No receiver is enabled.' : `Send OTLP to ${places.join(' or ')}.`;
}
