import type { IncidentDetail } from '../../src/contract/incident.ts';
import type { Answer, Lives } from './lives.ts';

type Kind = 'note' | 'task' | 'owner';

/** Something that was asked for: it was promised, or nobody knows whether it was done. */
export interface Asked {
  readonly incident: string;
  readonly kind: Kind;
  /** Said nowhere else. */
  readonly text: string;
  readonly outcome: 'promised' | 'in doubt';
}

/** Alerts that were sent, each of a service of its own, and so of an incident of its own. */
export interface Alarm {
  readonly service: string;
  readonly outcome: Asked['outcome'];
}

/** What was asked of Sentinel in all its lives. */
export interface Requests {
  readonly asked: Asked[];
  readonly alarms: Alarm[];
}

/** While it is not the active one, or its disk is full. */
const NOT_NOW = 503;

const kinds: readonly Kind[] = ['note', 'task', 'owner'];

/** Alerts come and people work on the incidents they open, one request after the other, until nobody answers. */
export async function workUntilItEnds(lives: Lives, requests: Requests): Promise<void> {
  await Promise.all([raiseAlarms(lives, requests), respond(lives, requests)]);
}

async function raiseAlarms(lives: Lives, { alarms }: Requests): Promise<void> {
  for (;;) {
    const service = `service-${alarms.length}`;
    const alert = { status: 'firing', labels: { alertname: 'Down', service }, fingerprint: service };
    const answer = await lives.ask('/webhooks/alertmanager', { alerts: [alert] });
    alarms.push({ service, outcome: outcomeOf(answer, 202) });
    if (answer === undefined) return;
  }
}

async function respond(lives: Lives, { asked }: Requests): Promise<void> {
  for (;;) {
    const page = await lives.ask('/incidents?limit=20');
    if (page === undefined) return;
    const { items } = page.body as { readonly items: readonly { readonly id: string }[] };
    for (const { id } of items) {
      const kind = kinds[asked.length % kinds.length] ?? 'note';
      const text = `${kind} ${asked.length}`;
      const answer = await request(lives, id, kind, text);
      asked.push({ incident: id, kind, text, outcome: outcomeOf(answer, 200) });
      if (answer === undefined) return;
    }
  }
}

function request(lives: Lives, id: string, kind: Kind, text: string): Promise<Answer | undefined> {
  if (kind === 'owner') return lives.ask(`/incidents/${id}/command`, { kind: 'assign', owner: text });
  return lives.ask(`/incidents/${id}/${kind}s`, { text });
}

/** Refusing is no outcome here: everything that is asked for is in order. */
function outcomeOf(answer: Answer | undefined, wanted: number): Asked['outcome'] {
  if (answer === undefined || answer.status === NOT_NOW) return 'in doubt';
  if (answer.status !== wanted) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return 'promised';
}

/** All incidents with their timelines. */
export async function readAll(lives: Lives): Promise<readonly IncidentDetail[]> {
  const found: IncidentDetail[] = [];
  for (let cursor = ''; ;) {
    const page = await lives.ask(`/incidents?demoted=true&limit=100${cursor}`);
    const { items, nextCursor } = page?.body as { items: readonly { id: string }[]; nextCursor?: string };
    for (const { id } of items) found.push((await lives.ask(`/incidents/${id}`))?.body as IncidentDetail);
    if (nextCursor === undefined) return found;
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
}
