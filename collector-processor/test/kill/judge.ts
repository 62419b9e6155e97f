import type { IncidentDetail } from '../../src/contract/incident.ts';
import type { Requests } from './people.ts';

/** What is wrong, a line each; empty when nothing was lost, doubled or put in disorder. */
export function judge(found: readonly IncidentDetail[], { asked, alarms }: Requests): readonly string[] {
  const saying = found.flatMap(({ incident, timeline }) => timeline.map((event) => ({ at: incident.id, event })));
  const said = Map.groupBy(
    saying.flatMap(({ at, event: { fact } }) => {
      if (fact.kind === 'note') return [`${at} ${fact.text}`];
      if (fact.kind === 'task') return [`${at} ${fact.task.text}`];
      return fact.kind === 'owner' ? [`${at} ${fact.owner}`] : [];
    }),
    (text) => text,
  );
  const homes = Map.groupBy(
    saying.flatMap(({ at, event: { fact } }) => (fact.kind === 'alert' ? [{ at, service: fact.alert.service }] : [])),
    ({ service }) => service,
  );
  return [
    ...asked.flatMap(({ incident, text, outcome }) =>
      countFault(`${text} of incident ${incident}`, said.get(`${incident} ${text}`)?.length ?? 0, outcome),
    ),
    ...alarms.flatMap(({ service, outcome }) =>
      countFault(`the alert of ${service}`, homes.get(service)?.length ?? 0, outcome),
    ),
    ...found.flatMap(disorder),
    ...found.flatMap(staleSummary),
  ];
}

function countFault(what: string, times: number, outcome: string): readonly string[] {
  if (times > 1) return [`${what} is there ${times} times`];
  return times === 0 && outcome === 'promised' ? [`${what} was promised and is lost`] : [];
}

/** A timeline begins with the opening, has no gaps, and does not run backwards. */
function disorder({ incident: { id }, timeline }: IncidentDetail): readonly string[] {
  const faults = timeline.flatMap(({ sequence, atMs }, index) => {
    if (sequence !== index + 1) return [`incident ${id} has event ${sequence} in place of ${index + 1}`];
    const before = timeline[index - 1]?.atMs ?? 0;
    return atMs < before ? [`incident ${id} goes back in time at event ${sequence}`] : [];
  });
  const opened = timeline.filter(({ fact }) => fact.kind === 'opened').length;
  return opened === 1 && timeline[0]?.fact.kind === 'opened'
    ? faults
    : [...faults, `incident ${id} was opened ${opened} times`];
}

/** What lists show is what the timeline says. */
function staleSummary({ incident, timeline, tasks = [] }: IncidentDetail): readonly string[] {
  const owner = timeline.flatMap(({ fact }) => (fact.kind === 'owner' ? [fact.owner] : [])).at(-1) ?? '';
  const state = timeline.flatMap(({ fact }) => (fact.kind === 'state' ? [fact.state] : [])).at(-1) ?? 'open';
  const known = new Set(timeline.flatMap(({ fact }) => (fact.kind === 'task' ? [fact.task.id] : [])));
  const faults: [boolean, string][] = [
    [incident.owner !== owner, `is of ${incident.owner} and not of ${owner}`],
    [incident.state !== state, `is ${incident.state} and not ${state}`],
    [tasks.length !== known.size, `has ${tasks.length} tasks and not ${known.size}`],
  ];
  return faults.flatMap(([isFault, text]) => (isFault ? [`incident ${incident.id} ${text}`] : []));
}
