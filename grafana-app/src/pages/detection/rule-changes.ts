import type { Rule } from '../../api/feedback';
import { ruleWords, scopeWords } from '../../parts/feedback/rule-words';

/** What one set of rules has beyond another, and what it lacks. */
export function rulesBeside(rules: readonly Rule[], before: readonly Rule[]) {
  const texts = (all: readonly Rule[]) => new Set(all.map((rule) => JSON.stringify(rule)));
  const [now, then] = [texts(rules), texts(before)];
  return {
    added: rules.filter((rule) => !then.has(JSON.stringify(rule))),
    gone: before.filter((rule) => !now.has(JSON.stringify(rule))),
  };
}

/** What a rule says, and of what; of one series by its title where that is known. */
export function ruleText(rule: Rule, titles?: ReadonlyMap<string, string>): string {
  const { seriesId } = rule.scope;
  const title = seriesId === undefined ? undefined : (titles?.get(seriesId) ?? seriesId);
  return [...ruleWords(rule), scopeWords(rule, title)].join(' ');
}
