import type { Settings } from '../../config/schema.ts';
import { patternFault } from '../../runtime/masking.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';

/** Patterns of private data that are no regular expressions. */
export function checkMaskPatterns({ score }: Settings): SettingFault[] {
  return score.maskPatterns.flatMap((pattern, index) => {
    const fault = patternFault(pattern);
    if (fault === undefined) return [];
    return [
      {
        paths: [['score', 'mask_patterns', String(index)]],
        message: `This pattern cannot be used: ${fault}.`,
        remedy: String.raw`Write a JavaScript regular expression in single quotes, such as 'CUST-\d{6}'.`,
      },
    ];
  });
}
