import { t } from '@grafana/i18n';
import type { IncidentSummary } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import { causeHeading, causeName, confidenceWords, isNamed, verdictWord } from '../../components/incident/cause-words';
import { anomaliesText, servicesText } from '../../components/incident/impact-words';
import { cut } from '../../components/timeline/describe-mark';
import { clock } from '../../grafana/format-time';
import { formatCount, formatDuration } from '../../grafana/format-value';
import type { Story } from './story';

/** The answer, then what stands below it. */
type Answer = readonly [string, ...string[]];

interface FourAnswers {
  readonly what: Answer;
  readonly since: Answer;
  readonly why: Answer;
  readonly now: Answer;
}

const SERVICES_NAMED = 4;

/** The four questions of whoever is called at night, answered in words. */
export function answersOf(incident: IncidentSummary, story: Story, nowMs: number): FourAnswers {
  return {
    what: whatOf(incident, story),
    since: sinceOf(incident, nowMs),
    why: whyOf(incident, story),
    now: nowOf(incident, story),
  };
}

function whatOf({ title, services, anomalies }: IncidentSummary, { anomalies: members }: Story): Answer {
  const named = services
    .slice(0, SERVICES_NAMED)
    .map((name) => cut(name))
    .join(', ');
  const rest = services.length - SERVICES_NAMED;
  const places =
    rest > 0
      ? t('incident.and-more', '{{services}} and {{rest}} more', {
          services: named,
          rest: formatCount(rest),
          interpolation: unescaped,
        })
      : named;
  const worst = members.reduce<Story['anomalies'][number] | undefined>(
    (best, one) => (best === undefined || one.peakScore > best.peakScore ? one : best),
    undefined,
  );
  return [
    cut(title),
    ...(worst === undefined ? [] : [cut(worst.sentence)]),
    t('incident.extent', '{{services}} ({{places}}), {{anomalies}}', {
      services: servicesText(services.length),
      places,
      anomalies: anomaliesText(anomalies),
      interpolation: unescaped,
    }),
  ];
}

function sinceOf({ startMs, endMs, openedAtMs, firing }: IncidentSummary, nowMs: number): Answer {
  const goesOn = firing > 0;
  const length = formatDuration(Math.max(0, (goesOn ? nowMs : endMs) - startMs));
  return [
    t('incident.since-time', '{{time}}, {{length}}', { time: clock(startMs), length, interpolation: unescaped }),
    t('incident.found-after', 'found after {{delay}}', {
      delay: formatDuration(Math.max(0, openedAtMs - startMs)),
      interpolation: unescaped,
    }),
    goesOn
      ? t('incident.goes-on', 'still going on')
      : t('incident.ended', 'nothing odd since {{time}}', { time: clock(endMs), interpolation: unescaped }),
  ];
}

function whyOf({ cause }: IncidentSummary, { causes }: Story): Answer {
  if (causes === undefined) {
    return [t('cause.no-candidate', 'No candidate yet')];
  }
  if (!isNamed(cause)) {
    return [causeHeading(cause), t('incident.see-causes', 'The candidates are below.')];
  }
  const sure = confidenceWords(cause.confidence)?.word;
  const verdict = verdictWord(cause.verdict);
  return [
    t('cause.line', '{{heading}}: {{title}}', {
      heading: causeHeading(cause),
      title: cut(causeName(cause)),
      interpolation: unescaped,
    }),
    sure === undefined ? verdict : `${verdict}, ${sure.toLocaleLowerCase()}`,
  ];
}

function nowOf({ state, stateSinceMs, owner }: IncidentSummary, { states }: Story): Answer {
  const time = clock(stateSinceMs);
  const values = { time, who: cut(owner), interpolation: unescaped };
  const reason = states.at(-1)?.reason ?? '';
  switch (state) {
    case 'open':
      return [
        t('incident.now-open', 'Nobody is on it yet'),
        t('incident.now-open-do', 'Acknowledge it, then look at the first cause.'),
      ];
    case 'acknowledged':
      return [
        t('incident.now-acknowledged', '{{who}} is on it since {{time}}', values),
        t('incident.no-plan', 'No plan proposed'),
      ];
    case 'mitigated':
      return [
        t('incident.now-mitigated', 'Mitigated since {{time}}', values),
        t('incident.now-mitigated-do', 'It closes after a time of quiet.'),
      ];
    case 'watching':
      return [
        t('incident.now-watching', 'Watching since {{time}}', values),
        t('incident.now-watching-do', 'Nothing fires any more. It closes by itself if it stays so.'),
      ];
    case 'closed':
      return [t('incident.now-closed', 'Closed {{time}}', values), ...(reason === '' ? [] : [cut(reason)])];
  }
}
