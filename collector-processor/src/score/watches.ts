import { CountWatches, type CountWatchesParts } from './count-watches.ts';
import { Departures } from './metrics/departures.ts';
import { RepeatWatch } from './metrics/repeat-watch.ts';
import { SeriesWatches } from './metrics/series-watches.ts';
import type { ScoreOptions } from './options.ts';
import { TrickleWatch } from './trickle-watch.ts';
import { VanishWatch } from './vanish-watch.ts';

export interface WatchesParts extends Pick<
  CountWatchesParts,
  'subjects' | 'series' | 'events' | 'isOpen' | 'isMerged'
> {
  readonly options: Pick<
    ScoreOptions,
    'bucket' | 'maxSeries' | 'pageSteps' | 'trickleWindow' | 'minFailures' | 'newNormalAfter'
  >;
}

/** What is watched of subjects beside the values of their series: a few numbers each, and a series only when there is news. */
export function createWatches({ options, ...parts }: WatchesParts) {
  const { subjects, series } = parts;
  const { bucket: bucketMs, maxSeries, minFailures, newNormalAfter } = options;
  const vanish = subjects.watch(new VanishWatch(maxSeries, options.pageSteps));
  const trickle = subjects.watch(new TrickleWatch(maxSeries, options.trickleWindow));
  const repeats = subjects.watch(new RepeatWatch(maxSeries));
  const departures = new Departures({ subjects, series, bucketMs });
  const limits = { bucketMs, minFailures, newNormalAfter };
  const watches = new CountWatches({ ...parts, ...limits, vanish, trickle, departures });
  const ofSeries = new SeriesWatches({ ...parts, ...limits, repeats, watches });
  return { watches, ofSeries, kept: { vanish, trickle, repeats } };
}
