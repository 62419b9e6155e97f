import { t } from '@grafana/i18n';
import type { ApiError } from '../../api/api-error';
import type { Status } from '../../api/status';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';
import { isOlder, OLDEST_SIDECAR } from './oldest-sidecar';

export interface ConnectionReport {
  readonly severity: 'success' | 'error';
  readonly title: string;
  readonly text: string;
}

/** A working connection in words, or why what answered cannot be used. Whatever answered may be anything at all. */
export function explainAnswer(answer: unknown, elapsedMs: number): ConnectionReport {
  if (!isStatus(answer)) {
    return notSentinel();
  }
  const { version, role, coverage } = answer;
  if (isOlder(version, OLDEST_SIDECAR)) {
    const values = { version, oldest: OLDEST_SIDECAR, interpolation: unescaped };
    return {
      severity: 'error',
      title: t('connection.version-title', 'Versions do not fit'),
      text: t(
        'connection.version',
        'The sidecar is {{version}}, this app needs {{oldest}} or newer. Update the sidecar.',
        values,
      ),
    };
  }
  return {
    severity: 'success',
    title: t('connection.success-title', 'Connected'),
    text: t(
      'connection.success',
      'Sidecar {{version}} answered in {{elapsed}} ms with role {{role}}. {{scored}} series are scored.',
      {
        version,
        role,
        elapsed: Math.round(elapsedMs),
        scored: formatCount(coverage.scored),
        interpolation: unescaped,
      },
    ),
  };
}

export function explainFailure({ kind, status, detail }: ApiError, apiUrl: string): ConnectionReport {
  switch (kind) {
    case 'token_refused':
      return {
        severity: 'error',
        title: t('connection.token-title', 'The token was refused'),
        text: t('connection.token', 'The sidecar answered 401. Make a new token with the command sentinel tokens.'),
      };
    case 'refused':
      return {
        severity: 'error',
        title: t('connection.refused-title', 'The sidecar refused'),
        text: detail,
      };
    case 'unreachable':
      return apiUrl.startsWith('https:') ? noSecureAnswer(apiUrl) : noAnswer(apiUrl, detail);
    case 'forbidden':
    case 'failed':
      return status === 0 || status >= 500 ? noAnswer(apiUrl, detail) : notSentinel();
    case 'not_found':
      return notSentinel();
  }
}

function notSentinel(): ConnectionReport {
  return {
    severity: 'error',
    title: t('connection.other-title', 'This is not a Sentinel sidecar'),
    text: t('connection.other', "Something answered, but without Sentinel's version."),
  };
}

function noAnswer(apiUrl: string, detail: string): ConnectionReport {
  const text = t(
    'connection.unreachable',
    "Grafana's server calls this address, not your browser. Check name and port from there.",
  );
  const cause = t('connection.cause', 'Cause: {{detail}}.', { detail, interpolation: unescaped });
  return {
    severity: 'error',
    title: t('connection.unreachable-title', 'No answer from {{apiUrl}}', { apiUrl, interpolation: unescaped }),
    text: detail === '' ? text : `${text} ${cause}`,
  };
}

/** Grafana's proxy says 502 and nothing else when it does not trust a certificate, so both causes are named. */
function noSecureAnswer(apiUrl: string): ConnectionReport {
  return {
    severity: 'error',
    title: t('connection.insecure-title', 'No answer from {{apiUrl}}, or its certificate is not trusted', {
      apiUrl,
      interpolation: unescaped,
    }),
    text: t(
      'connection.insecure',
      "Check name and port from Grafana's server. If something answers there, the certificate is not trusted: add its authority to Grafana's server. Grafana's log names the cause.",
    ),
  };
}

function isStatus(answer: unknown): answer is Status {
  return typeof answer === 'object' && answer !== null && Reflect.get(answer, 'product') === 'sentinel';
}
