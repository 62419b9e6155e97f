import { type Static, Type } from 'typebox';
import type { CamelCased } from './camel-case.ts';
import { createLoader } from './load.ts';
import { apiSection } from './sections/api.ts';
import { correlateSection } from './sections/correlate.ts';
import { decodeSection } from './sections/decode.ts';
import { feedbackSection } from './sections/feedback.ts';
import { forwardSection } from './sections/forward.ts';
import { publishSection } from './sections/publish.ts';
import { receiversSection } from './sections/receivers.ts';
import { recorderSection } from './sections/recorder.ts';
import { scoreSection } from './sections/score.ts';
import { shutdownSection } from './sections/shutdown.ts';
import { sloSection } from './sections/slo.ts';
import { storeSection } from './sections/store.ts';
import { telemetrySection } from './sections/telemetry.ts';

/** The whole configuration file: a section for each stage, in the order of the data. */
export const settingsSchema = Type.Object(
  {
    receivers: receiversSection,
    decode: decodeSection,
    forward: forwardSection,
    score: scoreSection,
    slo: sloSection,
    feedback: feedbackSection,
    correlate: correlateSection,
    publish: publishSection,
    recorder: recorderSection,
    store: storeSection,
    api: apiSection,
    telemetry: telemetrySection,
    shutdown: shutdownSection,
  },
  { additionalProperties: false, default: {} },
);

export type Settings = CamelCased<Static<typeof settingsSchema>>;

export const loadSettings = createLoader<Settings>(settingsSchema);
