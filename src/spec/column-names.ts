import { REJECT_COLUMNS } from '../shared/step-contract';

/** Says what a column name has to be; undefined where it is sound. Rejects files end in the reserved names. */
export function columnNameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'a name that is not blank';
  if ((REJECT_COLUMNS as readonly string[]).includes(name)) {
    return `another name, since ${REJECT_COLUMNS.join(', ')} are columns that the pipeline adds itself`;
  }
  return undefined;
}
