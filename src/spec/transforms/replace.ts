import { requireColumn, type OperationRule } from '../operation-rule';
import { patternProblem } from '../pattern';
import type { ReplaceSpec } from './transform-spec';

export const REPLACE: OperationRule<ReplaceSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'search', 'replacement', 'pattern']);
    const spec: ReplaceSpec = {
      type: 'replace',
      column: reader.column('column'),
      search: reader.filledText('search'),
      replacement: reader.text('replacement'),
      pattern: reader.flag('pattern'),
    };
    const problem = spec.pattern ? patternProblem(spec.search) : undefined;
    if (problem !== undefined) reader.report('search', `a pattern in RE2 syntax (${problem})`);
    return spec;
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};
