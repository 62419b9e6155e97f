export interface Grouping {
  /** Share of lines whose group holds exactly the lines of their true kind. */
  readonly accuracy: number;
  /** Harmonic mean of the shares of found and of true groups that are exactly right. */
  readonly f1: number;
}

/** Compares groups of lines, given by a label for each line. */
export function compareGroups(found: readonly (string | number)[], truth: readonly (string | number)[]): Grouping {
  const foundGroups = groupsOf(found);
  const trueGroups = groupsOf(truth);
  let lines = 0;
  let groups = 0;
  for (const members of foundGroups.values()) {
    const kind = truth[members[0] as number];
    const same = kind !== undefined && trueGroups.get(kind)?.length === members.length;
    if (!same || members.some((line) => truth[line] !== kind)) continue;
    lines += members.length;
    groups++;
  }
  const f1 = (2 * groups) / (foundGroups.size + trueGroups.size);
  return { accuracy: lines / truth.length, f1 };
}

function groupsOf<Label>(labels: readonly Label[]): Map<Label, number[]> {
  return Map.groupBy(labels.keys(), (line) => labels[line] as Label);
}
