import type { LogSet } from './log-sets.ts';
import type { MinedSet } from './mining.ts';

const MAX_LENGTH = 160;

/** Lines that tell where found templates and labelled kinds differ, the largest first. */
export function listWrong({ set, templates }: MinedSet, labelled: LogSet | undefined): string[] {
  const kinds = labelled?.kinds ?? [];
  const byTemplate = Map.groupBy(templates.keys(), (line) => templates[line] as string);
  const byKind = Map.groupBy(kinds.keys(), (line) => kinds[line] as string);
  const mixed = [...byTemplate].flatMap(([template, lines]) => {
    const inside = new Set(lines.map((line) => kinds[line]));
    return inside.size < 2 ? [] : [{ lines: lines.length, text: `mixes ${[...inside].join(' ')}: ${template}` }];
  });
  const split = [...byKind].flatMap(([kind, lines]) => {
    const inside = [...new Set(lines.map((line) => templates[line] as string))];
    return inside.length < 2
      ? []
      : [{ lines: lines.length, text: `splits ${kind} into ${inside.length}: ${inside.slice(0, 4).join(' | ')}` }];
  });
  return [...mixed, ...split]
    .sort((a, b) => b.lines - a.lines)
    .map(({ lines, text }) => `${set} ${lines} ${text.slice(0, MAX_LENGTH * 4)}`);
}
