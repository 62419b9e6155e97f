import { Type } from 'typebox';
import { Duration, Integer, Text } from '../types.ts';
import { calendarSection } from './calendar.ts';
import { drillSection } from './drills.ts';
import { forecastSection } from './forecast.ts';
import { peersSection } from './peers.ts';
import { placesSection } from './places.ts';
import { shadowSection, Without } from './shadow.ts';
import { warmStartSection } from './warm-start.ts';

const history = Type.Object(
  {
    points: Integer(360, 'Scored steps kept of each published series, for the API.'),
    series: Integer(2_000, 'Series whose scored steps are kept; about 10 KiB each with the default of points.'),
  },
  { additionalProperties: false, default: {}, description: 'Score history in memory.' },
);

const snapshot = Type.Object(
  {
    path: Text(
      '',
      'File of learned state, read at start and written at the end; empty: beside the store, `none`: nowhere.',
    ),
    interval: Duration('5m', 'Time between two writes.', { least: '1s' }),
  },
  {
    additionalProperties: false,
    default: {},
    description: 'Learned state on disk, so that a restart does not start learning anew.',
  },
);

const names = (byDefault: readonly string[], description: string) =>
  Type.Array(Type.String({ minLength: 1 }), { default: [...byDefault], description });

const changes = Type.Object(
  {
    image: names(
      ['oci.manifest.digest', 'container.image.id', 'container.image.repo_digests', 'container.image.tags'],
      'Name the image: another one is a deploy. The first that is there counts.',
    ),
    configuration: names(
      ['service.config.hash', 'app.config.hash', 'config.hash', 'k8s.configmap.hash'],
      'Name the settings: another value is a configuration change.',
    ),
    flags: names(['feature_flag.'], 'Name flags: another value is a flag change.'),
  },
  {
    additionalProperties: false,
    default: {},
    description:
      'Resource attributes that tell of changes beside service.version and the number of instances; a name that ends in a dot stands for all that begin so.',
  },
);

/** What is scored, and when a score becomes a finding. */
export const scoreSection = Type.Object(
  {
    bucket: Duration('10s', 'Step in which series are scored.', { least: '1s', most: '1h' }),
    late_buckets: Integer(1, 'Buckets that a closed bucket waits for late items.', [0, 360]),
    future_buckets: Integer(
      1,
      'Buckets ahead of now that an item may claim; more is counted and not scored.',
      [0, 360],
    ),
    max_series: Integer(40_000, 'Series that are fully scored; about 5 KiB each with their names.', 1),
    max_streams: Integer(1_000_000, 'Raw metric streams that are followed; about 100 bytes each.', 1),
    max_histogram_counts: Integer(4_194_304, 'Bucket counts kept of cumulative histograms; 4 bytes each.', 1024),
    idle_after: Duration('1h', 'A series not seen for this long gives its place to a new one when all are taken.', {
      least: '1s',
    }),
    learning_steps: Integer(30, 'Steps with data before a series is judged.', 10),
    notice_surprise: Type.Number({
      default: 2.1,
      exclusiveMinimum: 0,
      description:
        'Surprise (-log10 of a chance, as the detectors agree on it) that is score 1, the notice border, in steps of up to ' +
        '10 s. It falls with longer steps, to 1.0 less at five minutes.',
    }),
    page_score: Type.Number({
      default: 1.5,
      minimum: 1,
      description: 'The page border: the score that may notify or act.',
    }),
    without: Without('Detectors, or questions, that are not asked, by name; they go on learning.'),
    page_steps: Integer(360, 'Steps a series must have been seen before a finding on it may page.'),
    max_pages_per_day: Integer(
      20,
      'Findings of one tenant that may page within 24 hours; further ones stay notices and are counted. 0: no limit.',
    ),
    chance_notices_per_day: Type.Number({
      default: 1,
      minimum: 0,
      description:
        'Notices of one service that chance alone may bring in a day, over all of its series: a service of hundreds has to ' +
        'be a little odder than the border, or in more than one series. Pages are never held back. 0: no such control.',
    }),
    min_events: Integer(10, 'Spans behind a verdict on latency or errors; fewer wait for more.', 1),
    min_failures: Integer(3, 'Failed spans behind a verdict on errors: one error at night is no finding.', 1),
    silent_steps: Integer(
      3,
      'Steps without any data, by the usual cadence of the source, before silence is a finding.',
      1,
    ),
    trickle_window: Duration(
      '6h',
      'Time over which failures are added up that are too seldom for a step: one in hundreds of calls an hour.',
      { least: '10m' },
    ),
    new_normal_after: Duration(
      '1h',
      'A level that lasts this long, and 24 steps, is taken for the new normal (errors and silence: 24 times as long).',
      { least: '1s' },
    ),
    max_open_anomalies: Integer(200, 'Findings that may be open at once; more are counted.', 1),
    max_open_per_service: Integer(25, 'Findings that may be open at once on one service; more are counted.', 1),
    max_published_series: Integer(5_000, 'Series whose scores are published in one bucket.'),
    max_operations: Integer(
      200,
      'Operations, peers, and types of errors, kept apart in one service; the others are added up as "(other)".',
      1,
    ),
    max_paired_spans: Integer(
      65_536,
      'Spans that wait for their parents and children, for own time and network time; about 80 bytes each. With more, whole traces are left out.',
      1024,
    ),
    max_watched_traces: Integer(
      2_048,
      'Traces, or sessions, whose log lines are compared with those of others at once; about 180 bytes each. With more, a sample.',
      64,
    ),
    max_links: Integer(20_000, 'Calls between two services that are known; the longest unseen is forgotten first.', 1),
    max_templates: Integer(8_000, 'Kinds of log lines that are kept apart.', 1),
    max_templates_per_service: Integer(2_000, 'Kinds of log lines of one service that are kept apart.', 1),
    max_new_templates: Integer(
      500,
      'New kinds of log lines of one service in one bucket; further lines of no known kind are counted as "(other)".',
      1,
    ),
    max_remembered: Integer(
      10_000,
      'Requests that did not get through, remembered so that their repeats are not scored again.',
    ),
    remember_for: Duration('10m', 'How long they are remembered.', { least: '1s' }),
    cpu_share: Type.Number({
      default: 0.5,
      exclusiveMinimum: 0,
      maximum: 1,
      description:
        'Share of one core that scoring may take. Above it series are judged in turns, then items are left out.',
    }),
    mask_patterns: Type.Array(Type.String(), {
      default: [],
      description: 'Regular expressions of private data beyond the built-in ones; what they match is not shown.',
    }),
    peers: peersSection,
    places: placesSection,
    changes,
    calendar: calendarSection,
    forecast: forecastSection,
    warm_start: warmStartSection,
    drills: drillSection,
    history,
    shadow: shadowSection,
    snapshot,
  },
  { additionalProperties: false, default: {}, description: 'What is scored, and when a score becomes a finding.' },
);
