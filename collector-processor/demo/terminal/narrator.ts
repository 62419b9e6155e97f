import { styleText } from 'node:util';
import type { Anomaly } from '../../src/contract/anomaly.ts';
import type { Change } from '../../src/contract/change.ts';
import type { Injection } from '../director/injection.ts';
import { delayOf } from '../findings/delay.ts';
import { describeDelay, describeSeries, seconds, shorten, shortSentence, stopwatch } from './describe.ts';

const TEXT_WIDTH = 110;
const LABEL_WIDTH = 9;

type Colour = 'yellow' | 'green' | 'red' | 'cyan' | 'dim';

export interface NarratorOptions {
  readonly write: (line: string) => void;
  /** Milliseconds since the demo was started. */
  readonly elapsedMs: () => number;
  readonly colours: boolean;
}

/** Tells the terminal what happens, a line each, with the time since the start in front. */
export function createNarrator({ write, elapsedMs, colours }: NarratorOptions) {
  const paint = (colour: Colour, text: string): string =>
    colours ? styleText(colour, text, { validateStream: false }) : text;

  function event(label: string, colour: Colour, text: string): void {
    const time = stopwatch(elapsedMs()).padStart(6);
    write(`${paint('dim', time)}  ${paint(colour, label.padEnd(LABEL_WIDTH))} ${text}`);
  }

  return {
    plain: write,
    info: (text: string) => event('', 'dim', text),
    trouble: (text: string) => event('trouble', 'red', text),
    injected({ fault }: Injection): void {
      event('injected', 'yellow', `${fault.name}: ${fault.title}, for ${fault.durationMs / 1000} s`);
    },
    ended: ({ fault }: Injection) => event('ended', 'dim', fault.name),
    /** `anomaly` as it was when it was opened. */
    found(anomaly: Anomaly, injection: Injection): void {
      const where = `${anomaly.series.service}: ${describeSeries(anomaly)} ${anomaly.direction}`;
      event(
        'found',
        'green',
        `${injection.fault.name} after ${describeDelay(delayOf(anomaly, injection))} in ${where}`,
      );
      event('', 'dim', paint('dim', shorten(shortSentence(anomaly), TEXT_WIDTH)));
    },
    annotated({ fault, startMs }: Injection, createdMs: number): void {
      event('annotated', 'green', `${fault.name} in Grafana after ${seconds(createdMs - startMs)}`);
    },
    falseFinding(anomaly: Anomaly): void {
      const text = `${anomaly.series.service}: ${describeSeries(anomaly)} ${anomaly.direction}, without a fault`;
      event('false', 'red', shorten(text, TEXT_WIDTH));
    },
    change({ service, from, to, timeMs }: Change, injection: Injection | undefined): void {
      const late =
        injection === undefined ? '' : `, ${seconds(Math.max(0, timeMs - injection.startMs))} after the rollout`;
      event('change', 'cyan', `${service} went from ${from === '' ? 'nothing' : from} to ${to}${late}`);
    },
  };
}

export type Narrator = ReturnType<typeof createNarrator>;
