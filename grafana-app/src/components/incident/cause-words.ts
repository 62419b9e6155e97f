import { t } from '@grafana/i18n';
import { unescaped } from '../../app/unescaped';
import type { CauseHeadline } from '../../api/incidents';

/** What the first candidate allows to say: how sure, in words. */
export function causeHeading(cause: CauseHeadline | undefined): string {
  if (cause === undefined || cause.verdict === 'contradicted') {
    return t('cause.none', 'No cause found');
  }
  if (cause.verdict === 'undecided' || cause.kind === 'symptom') {
    return t('cause.undecided', 'No cause decided');
  }
  return cause.confidence === 'low' ? t('cause.possible', 'Possible cause') : t('cause.likely', 'Likely cause');
}

/** Whether the heading may name it. */
export function isNamed(cause: CauseHeadline | undefined): cause is CauseHeadline {
  return cause !== undefined && cause.verdict === 'supported' && cause.kind !== 'symptom';
}

/** What it is and where. */
export function causeName({ kind, title, service }: Pick<CauseHeadline, 'kind' | 'title' | 'service'>): string {
  const values = { service, interpolation: unescaped };
  switch (kind) {
    case 'saturation':
      return t('cause.name.saturation', 'Saturation of {{service}}', values);
    case 'failure':
      return t('cause.name.failure', 'Failure of {{service}}', values);
    case 'error':
      return t('cause.name.error', 'Errors of {{service}}', values);
    case 'change':
    case 'operational':
    case 'symptom':
      return `${title.charAt(0).toLocaleUpperCase()}${title.slice(1)}`;
  }
}

/** One line for lists: heading and, where it may be named, the cause. */
export function causeLine(cause: CauseHeadline | undefined): string {
  const heading = causeHeading(cause);
  return isNamed(cause)
    ? t('cause.line', '{{heading}}: {{title}}', { heading, title: causeName(cause), interpolation: unescaped })
    : heading;
}

export function verdictWord(verdict: CauseHeadline['verdict']): string {
  return {
    supported: t('cause.verdict.supported', 'Supported'),
    undecided: t('cause.verdict.undecided', 'Undecided'),
    contradicted: t('cause.verdict.contradicted', 'Contradicted'),
  }[verdict];
}

interface Confidence {
  readonly word: string;
  readonly meaning: string;
}

/** A rank is not a calibrated chance, so confidence is a word and never a percentage. */
export function confidenceWords(confidence: CauseHeadline['confidence']): Confidence | undefined {
  switch (confidence) {
    case 'high':
      return {
        word: t('cause.confidence.high', 'High confidence'),
        meaning: t('cause.confidence.high-means', 'The evidence agrees and nothing speaks against it.'),
      };
    case 'medium':
      return {
        word: t('cause.confidence.medium', 'Medium confidence'),
        meaning: t('cause.confidence.medium-means', 'Most evidence agrees; 1 item is missing or against.'),
      };
    case 'low':
      return {
        word: t('cause.confidence.low', 'Low confidence'),
        meaning: t('cause.confidence.low-means', 'Some evidence agrees.'),
      };
    case '':
      return undefined;
  }
}
