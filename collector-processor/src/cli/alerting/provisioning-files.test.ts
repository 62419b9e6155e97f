import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { GrafanaRule } from './grafana-rule.ts';
import { provisioningFiles } from './provisioning-files.ts';

interface RuleFile {
  readonly groups?: readonly { readonly interval: string; readonly rules: readonly GrafanaRule[] }[];
}

const files = provisioningFiles();
const groups = Object.values(files).flatMap((text) => (parse(text) as RuleFile).groups ?? []);
const rules = groups.flatMap((group) => group.rules);

test('nothing else is in the folders that are drawn', () => {
  const provisioning = join(import.meta.dirname, '../../../../provisioning');
  const found = ['alerting', 'alerting-routes'].flatMap((folder) =>
    readdirSync(join(provisioning, folder)).map((name) => `${folder}/${name}`),
  );
  expect(found.sort()).toEqual(Object.keys(files).sort());
});

test('every rule has a uid and a title of its own that Grafana takes', () => {
  expect(rules.length).toBeGreaterThan(15);
  const uids = rules.map(({ uid }) => uid);
  expect(new Set(uids).size).toBe(rules.length);
  expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
  expect(uids.filter((uid) => !/^[a-z0-9-]{1,40}$/.test(uid))).toEqual([]);
});

test('groups are evaluated in multiples of ten seconds, the only ones that Grafana takes', () => {
  const seconds = groups.map(({ interval }) => Number(interval.slice(0, -1)) * (interval.endsWith('m') ? 60 : 1));
  expect(seconds.filter((each) => !(each > 0 && each % 10 === 0))).toEqual([]);
});

test('what is read by default asks nothing of the environment and replaces no policies', () => {
  const byDefault = Object.entries(files).filter(([path]) => path.startsWith('alerting/'));
  expect(byDefault.filter(([, text]) => /\$\{?[A-Z_]{2,}/.test(text) || 'policies' in (parse(text) as object))).toEqual(
    [],
  );
});

test('policies name the contact point and the quiet hours that are there; no secret stands in a file', () => {
  const contact = parse(files['alerting-routes/contact-points.yaml'] ?? '') as {
    readonly contactPoints: readonly [{ readonly name: string; readonly receivers: readonly [{ settings: object }] }];
  };
  const tree = parse(files['alerting-routes/policies.yaml'] ?? '') as { readonly policies: readonly [object] };
  const quiet = parse(files['alerting/quiet-hours.yaml'] ?? '') as { readonly muteTimes: readonly [{ name: string }] };
  const [{ name, receivers }] = contact.contactPoints;
  expect(receivers[0].settings).toMatchObject({
    url: '$SENTINEL_ALERT_WEBHOOK_URL',
    authorization_credentials: '$SENTINEL_ALERT_WEBHOOK_TOKEN',
  });
  expect(tree.policies[0]).toMatchObject({
    receiver: name,
    routes: [{ receiver: name }, { receiver: name, mute_time_intervals: [quiet.muteTimes[0].name] }],
  });
});

test('a night is told as two ranges, since none may cross midnight', () => {
  expect(parse(files['alerting/quiet-hours.yaml'] ?? '')).toMatchObject({
    muteTimes: [
      {
        time_intervals: [
          {
            times: [
              { start_time: '20:00', end_time: '24:00' },
              { start_time: '00:00', end_time: '07:00' },
            ],
          },
          { weekdays: ['saturday', 'sunday'] },
        ],
      },
    ],
  });
});
