import type { Field, FieldSparkline, LinkModel } from '@grafana/data';

/** A figure with the field it comes from, whose settings say how it is written. */
export interface SloFigure {
  readonly value: number;
  readonly field: Field;
}

/** One budget as the panel draws it, from whatever source. */
export interface PanelSlo {
  readonly key: string;
  /** In links and options; the name where there is no other. */
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly window: string;
  /** Of Sentinel's or of somebody else's words. */
  readonly status: string;
  readonly left?: SloFigure;
  readonly burn?: SloFigure;
  readonly objective?: number;
  /** Null: not in this window; absent: nobody said. */
  readonly endsMs?: number | null;
  readonly history?: FieldSparkline;
  readonly link?: LinkModel;
}
