import type { AnomalyEvent } from '../../model/anomaly.ts';
import type { PointColumns, ReadItemAttributes } from '../../model/columns.ts';
import type { CapacityReport, Forecast, ForecastDetail, Supposition } from '../../model/forecast.ts';
import type { Mask } from '../../runtime/masking.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { Placed } from '../coverage.ts';
import type { EarlierFindings } from '../earlier-findings.ts';
import type { PageBudget } from '../page-budget.ts';
import type { Source } from '../sources.ts';
import type { Tunings } from '../tuning/tunings.ts';
import { capacityCatalogue } from './capacity-catalogue.ts';
import type { Horizons } from './capacity-finding.ts';
import { CapacityFindings } from './capacity-findings.ts';
import { CapacityIntake } from './capacity-intake.ts';
import type { CapacitySeries } from './capacity-series.ts';
import { describeForecast, type Offset } from './describe-forecast.ts';
import { detailOf } from './forecast-detail.ts';
import type { ForecastOptions } from './forecast-options.ts';
import { reportIdentity } from './report-identity.ts';
import { SeriesPlaces } from './series-places.ts';

export interface ForecasterParts {
  readonly options: ForecastOptions;
  readonly pageScore: number;
  readonly maxOpen: number;
  /** What people said of these resources. */
  readonly tunings?: Tunings;
  readonly idleMs: number;
  readonly readAttributes: ReadItemAttributes;
  readonly mask: Mask;
  readonly pages: PageBudget;
  readonly earlier: EarlierFindings;
  readonly metrics: SelfMetrics;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly onAnomaly: (event: AnomalyEvent) => void;
  readonly onForecasts: (forecasts: readonly Forecast[]) => void;
}

const DAY_MS = 86_400_000;
/** Streams that say something of one resource: states, limit, use. */
const INPUTS_PER_SERIES = 8;
const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: DAY_MS };

/** When resources run out: samples them once a bucket, looks ahead every few minutes, tells what runs out within the horizon. */
export class Forecaster {
  readonly places: SeriesPlaces;
  readonly findings: CapacityFindings;
  private readonly parts: ForecasterParts;
  private readonly intake: CapacityIntake;
  private readonly offsets: readonly Offset[];
  private lookedMs = -Infinity;

  constructor(parts: ForecasterParts) {
    this.parts = parts;
    const { options, metrics, pages, earlier, nowMs, newId, onAnomaly, pageScore, maxOpen, tunings } = parts;
    const counter = (name: string, help: string) => metrics.counter({ name, help });
    const refused = counter('sentinel_forecast_refused_total', 'Streams of resources that found no place.');
    this.offsets = options.at.map((name) => ({ name, ms: Number.parseFloat(name) * (unitMs[name.slice(-1)] ?? NaN) }));
    this.places = new SeriesPlaces({
      ...{ maxSeries: options.maxSeries, idleMs: parts.idleMs, refused },
      onFreed: (freed) => this.onFreed(freed),
    });
    const ruleOf = capacityCatalogue(options.capacities);
    const { readAttributes, mask } = parts;
    const maxInputs = INPUTS_PER_SERIES * options.maxSeries;
    this.intake = new CapacityIntake({ ruleOf, places: this.places, readAttributes, mask, maxInputs, refused });
    this.findings = new CapacityFindings({
      ...{ pages, earlier, nowMs, newId, onAnomaly, pageScore, maxOpen, tunings, everyMs: options.every },
      horizonsOf: (series) => this.horizonsOf(series),
      opened: counter('sentinel_forecast_findings_total', 'Findings on resources that run out.'),
      suppressed: counter(
        'sentinel_forecast_suppressed_total',
        'Looks in which such a finding was due and not opened.',
      ),
    });
    const gauge = (name: string, help: string, read: () => number) => metrics.gauge({ name, help }, read);
    gauge('sentinel_forecast_series', 'Resources whose use is followed.', () => this.places.size);
    gauge('sentinel_forecast_open', 'Findings on resources that run out that are open.', () => this.findings.size);
  }

  accept(columns: PointColumns, sources: readonly Source[]): void {
    if (!this.parts.options.enabled) return;
    const now = this.parts.nowMs();
    this.places.moveTo(now);
    this.intake.accept(columns, sources, now);
  }

  /** From other parts of the program. */
  report(report: CapacityReport): void {
    const { low, high, identity } = reportIdentity(report, this.parts.mask);
    const series = this.places.of(low, high, () => identity);
    if (series === undefined || !this.parts.options.enabled) return;
    series.inputs.splice(0, series.inputs.length, {
      role: 'used',
      capacity: report.capacity,
      value: report.used,
      timeMs: report.timeMs,
    });
  }

  /** Takes down what is known at the end of a bucket, and looks ahead when that is due. Yields between slices of work. */
  *close(timeMs: number): Generator<void> {
    this.places.moveTo(timeMs);
    for (const series of this.places.list()) series.sample(timeMs);
    if (timeMs - this.lookedMs < this.parts.options.every) return;
    this.lookedMs = timeMs;
    for (const series of [...this.places.list()]) {
      if (timeMs - series.sampledMs > this.parts.options.every) {
        if (timeMs - series.sampledMs > this.parts.idleMs) this.findings.drop(series);
        continue;
      }
      series.look();
      this.findings.judge(series);
      this.parts.onForecasts(this.isKnown(series) ? [this.describe(series)] : []);
      yield;
    }
  }

  /** In the order of their places, from one on; those whose capacity is not known yet are left out. */
  *list(place: number): Generator<Placed<Forecast>> {
    const all = this.places.list();
    for (let at = place; at < all.length; at++) {
      const series = all[at];
      if (series !== undefined && this.isKnown(series)) yield { place: at, item: this.describe(series) };
    }
  }

  /** Undefined when there is no such resource. */
  detail(seriesId: string, supposition: Supposition): ForecastDetail | undefined {
    const found = this.places.list().find(({ identity }) => identity.series.id === seriesId);
    if (found === undefined || !this.isKnown(found)) return undefined;
    return detailOf(found, this.describe(found), supposition);
  }

  private isKnown({ level }: CapacitySeries): boolean {
    return !Number.isNaN(level);
  }

  private describe(series: CapacitySeries): Forecast {
    return describeForecast(series, this.findings.of(series) !== undefined, this.offsets);
  }

  private horizonsOf({ identity }: CapacitySeries): Horizons {
    const { horizon, pageHorizon, certificateHorizon } = this.parts.options;
    const notice = identity.kind === 'certificate' ? certificateHorizon : horizon;
    return { notice: notice / DAY_MS, page: Math.min(pageHorizon, notice / 2) / DAY_MS };
  }

  private onFreed(freed: readonly CapacitySeries[]): void {
    this.intake.forget();
    for (const series of freed) this.findings.drop(series);
  }
}
