/** A fault in the configuration file: where, what, and what to do about it. */
export interface Problem {
  /** 1-based; 0 when the place is not known. */
  readonly line: number;
  readonly column: number;
  /** Dotted path of the setting, empty for the whole file. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** A fault found by looking at settings that fit the schema. */
export interface SettingFault {
  /** The settings it comes from, as they stand in the file; the first one that is written there is pointed at. */
  readonly paths: readonly (readonly string[])[];
  readonly message: string;
  readonly remedy: string;
}

/** `sentinel.yaml:12:5 score.bucket: … Remedy: …` */
export function describeProblem(file: string, problem: Problem): string {
  const place = problem.line > 0 ? `${file}:${problem.line}:${problem.column}` : file;
  const path = problem.path === '' ? '' : ` ${problem.path}:`;
  return `${place}${path} ${problem.message} Remedy: ${problem.remedy}`;
}
