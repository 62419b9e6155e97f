import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** Where a query stops being PromQL; characters from its start. */
export interface QueryFault {
  readonly kind: 'fault';
  readonly at: number;
  /** A function that PromQL does not have; MetricsQL has more of them. */
  readonly unknownFunction: string | undefined;
}

export interface ParsedQuery {
  readonly kind: 'query';
  /** Selectors in the order of the text: `up{job="a"}`, with `[5m]` behind it where `range` says so. */
  readonly selectors: readonly Selector[];
}

export interface Selector {
  readonly from: number;
  readonly to: number;
  /** The time in brackets behind it, when there is one. */
  readonly range: string | undefined;
  /** The function that the range is given to, such as `rate`. */
  readonly rangeFunction: string | undefined;
}

const placeholder = /\{\{\s*\.window\s*\}\}/g;

/** The text that stands for the window in a query that is parsed; no longer than the shortest placeholder. */
const STAND_IN = '5m';

/** Reads a query of which some times may be `{{.window}}`. */
export function parseQuery(text: string): ParsedQuery | QueryFault {
  const plain = text.replace(placeholder, (match) => STAND_IN.padEnd(match.length));
  const selectors: Selector[] = [];
  let fault: number | undefined;
  parser.parse(plain).iterate({
    enter({ node }) {
      if (node.type.isError) fault ??= node.from;
      if (node.name === 'VectorSelector') selectors.push(selectorOf(node, text));
    },
  });
  if (fault !== undefined || plain.trim() === '') {
    const at = fault ?? 0;
    const called = plain[at] === '(' ? /[a-zA-Z_]+$/.exec(plain.slice(0, at))?.[0] : undefined;
    return { kind: 'fault', at, unknownFunction: called };
  }
  return { kind: 'query', selectors };
}

export function hasWindow(text: string): boolean {
  return text.search(placeholder) >= 0;
}

/** The query as it looks back over one time, such as `5m`. */
export function withWindow(text: string, window: string): string {
  return text.replace(placeholder, window);
}

function selectorOf(node: SyntaxNode, text: string): Selector {
  const matrix = node.parent?.name === 'MatrixSelector' ? node.parent : undefined;
  const call = matrix?.parent?.parent?.name === 'FunctionCall' ? matrix.parent.parent : undefined;
  const name = call?.getChild('FunctionIdentifier');
  return {
    from: node.from,
    to: node.to,
    range: matrix === undefined ? undefined : text.slice(node.to + 1, matrix.to - 1).trim(),
    rangeFunction: name === null || name === undefined ? undefined : text.slice(name.from, name.to),
  };
}
