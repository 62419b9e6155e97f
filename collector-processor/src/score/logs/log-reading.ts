import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { createExampleLines } from './example-lines.ts';
import { LogIntake, type LogIntakeParts } from './log-intake.ts';
import { createNoveltyRates } from './novelty-rates.ts';
import { joinedLines, registerTemplateGauges } from './template-gauges.ts';
import { createTemplateMiner, type TemplateMinerOptions } from './template-miner.ts';
import { TemplateOwners } from './template-owners.ts';

type Made = 'miner' | 'owners' | 'lines' | 'novelty' | 'joined' | 'templateOf' | 'maxTemplatesPerService';

export interface LogReadingParts extends Omit<LogIntakeParts, Made> {
  readonly options: TemplateMinerOptions & {
    readonly maxSeries: number;
    readonly maxTemplatesPerService: number;
  };
  readonly memory: LineMemory;
  readonly metrics: SelfMetrics;
}

/** What is kept of lines: their templates, whose they are, examples, and how often new ones come. */
export function createLineMemory(
  options: TemplateMinerOptions & { readonly learningSteps: number },
  metrics: SelfMetrics,
) {
  const miner = createTemplateMiner(options);
  registerTemplateGauges(metrics, miner);
  const lines = createExampleLines(options.maxTemplates);
  return { miner, owners: new TemplateOwners(), lines, novelty: createNoveltyRates(options.learningSteps) };
}

export type LineMemory = ReturnType<typeof createLineMemory>;

/** The intake of log records, and whether the lines of a subject count for another one now. */
export function createLogReading({ options, memory, metrics, ...parts }: LogReadingParts) {
  const { maxSeries, maxTemplatesPerService } = options;
  const { miner } = memory;
  const templateOf = new Int32Array(maxSeries);
  const joined = joinedLines(metrics);
  const logs = new LogIntake({ ...parts, ...memory, joined, templateOf, maxTemplatesPerService });
  const isMerged = (subject: number): boolean => {
    const template = templateOf[subject] as number;
    return miner.current(template) !== template;
  };
  return { logs, isMerged };
}
