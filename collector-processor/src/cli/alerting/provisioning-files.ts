import { stringify } from 'yaml';
import {
  type AlertSubject,
  type NotifyRoutes,
  readAlertPack,
  readMessageTemplate,
  readNotifyRoutes,
} from './alert-pack.ts';
import { grafanaRule } from './grafana-rule.ts';

/** Folder of Grafana that the rules stand in. */
const FOLDER = 'Sentinel';
const ORG = 1;

const drawn = 'Drawn from alerting-rules/ by `npm run docs`: change it there.';

/**
 * What Grafana reads at its start, by path below provisioning/. `alerting/` needs nothing from the environment and leaves the
 * notification policies alone; `alerting-routes/` has the rest, for a Grafana without policies of its own.
 */
export function provisioningFiles(): Readonly<Record<string, string>> {
  const routes = readNotifyRoutes();
  const message = readMessageTemplate();
  return {
    ...Object.fromEntries(readAlertPack().map((subject) => [`alerting/${subject.name}.yaml`, rulesFile(subject)])),
    'alerting/message.yaml': file('', { templates: [{ orgId: ORG, name: 'sentinel', template: message }] }),
    'alerting/quiet-hours.yaml': file('For policies that want it; it mutes nothing by itself.', {
      muteTimes: [quietHours(routes)],
    }),
    'alerting-routes/contact-points.yaml': file('A start fails without the address in the environment.', {
      contactPoints: [contactPoint(routes)],
    }),
    'alerting-routes/policies.yaml': file('Takes the place of all notification policies of the organisation.', {
      policies: [policies(routes)],
    }),
  };
}

function rulesFile({ groups }: AlertSubject): string {
  return file('', {
    groups: groups.map(({ name, interval = '1m', rules }) => ({
      orgId: ORG,
      name,
      folder: FOLDER,
      interval,
      rules: rules.map(grafanaRule),
    })),
  });
}

/** A range of Grafana's cannot cross midnight. */
function quietHours({ quiet }: NotifyRoutes): object {
  const { name, time_zone: location, nights, weekdays } = quiet;
  const times = [
    { start_time: nights.from, end_time: '24:00' },
    { start_time: '00:00', end_time: nights.until },
  ];
  return {
    orgId: ORG,
    name,
    time_intervals: [
      { times, location },
      { weekdays, location },
    ],
  };
}

function contactPoint({ receiver }: NotifyRoutes): object {
  const settings = {
    url: receiver.url,
    authorization_scheme: 'Bearer',
    authorization_credentials: receiver.token,
    title: '{{ template "sentinel.title" . }}',
    message: '{{ template "sentinel.message" . }}',
  };
  const receivers = [{ uid: 'sentinel-webhook', type: 'webhook', settings }];
  return { orgId: ORG, name: receiver.name, receivers };
}

function policies({ receiver, group_by, quiet, routes }: NotifyRoutes): object {
  return {
    orgId: ORG,
    receiver: receiver.name,
    group_by,
    routes: routes.map((route) => ({
      receiver: receiver.name,
      object_matchers: [['severity', '=', route.severity]],
      group_wait: route.wait,
      group_interval: route.every,
      repeat_interval: route.repeat,
      ...(route.quiet ? { mute_time_intervals: [quiet.name] } : {}),
    })),
  };
}

function file(note: string, content: object): string {
  const head = [drawn, note].filter((line) => line !== '').map((line) => `# ${line}\n`);
  return `${head.join('')}${stringify({ apiVersion: 1, ...content }, { lineWidth: 0, singleQuote: true })}`;
}
