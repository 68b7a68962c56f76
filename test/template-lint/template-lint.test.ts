import * as fs from 'node:fs';
import * as path from 'node:path';
import { COMBINATIONS, templateBody } from './apps';
import { Draft } from './draft';
import { HELD_ELSEWHERE } from './held-elsewhere';
import { RenderedTemplate } from './rendered-template';
import type { Finding, Rule } from './rule';
import { RULES } from './rules';

const findingsOf = (rules: readonly Rule[], template: RenderedTemplate): (Finding & { rule: string })[] =>
  rules.flatMap((rule) => rule.check(template).map((finding) => ({ rule: rule.id, ...finding })));

it.each(COMBINATIONS)('AWS would take $name', (combination) => {
  expect(findingsOf(RULES, new RenderedTemplate(templateBody(combination)))).toEqual([]);
});

const VIOLATIONS = RULES.flatMap((rule) =>
  Object.entries(rule.violations).map(([wrong, violate]) => ({ rule, id: rule.id, wrong, violate })),
);

it.each(VIOLATIONS)('$id finds that $wrong, and no other rule does', ({ rule, violate }) => {
  const draft = new Draft(
    structuredClone(templateBody({ app: rule.violated ?? 'all props', flags: 'no feature flags' })),
  );
  violate(draft);
  const broken = findingsOf(RULES, new RenderedTemplate(draft.body));
  expect([...new Set(broken.map((finding) => finding.rule))]).toEqual([rule.id]);
});

it('has no rule that nothing breaks, and no two of a name', () => {
  expect(RULES.filter(({ violations }) => Object.keys(violations).length === 0)).toEqual([]);
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});

it.each(HELD_ELSEWHERE.flatMap(({ heldBy }) => heldBy))('%s holds "%s"', (file, title) => {
  expect(fs.readFileSync(path.join(__dirname, '..', file), 'utf8')).toContain(title);
});
