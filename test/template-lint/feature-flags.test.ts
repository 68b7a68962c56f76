import { FLAGS } from './apps';
import { ServerlessCsvEtl } from '../../src';
import { stableTemplate, templateOf } from '../synthesis';

const templateUnder = (flags: string) =>
  stableTemplate(templateOf((stack) => new ServerlessCsvEtl(stack, 'Orders'), FLAGS[flags]));

it('all recommended feature flags change the template as recorded', () => {
  expect(templateUnder('all recommended feature flags')).toMatchSnapshot();
});

it('the template does not depend on how CDK adds policies to roles', () => {
  expect(templateUnder('policies that are made one by one')).toEqual(templateUnder('no feature flags'));
});
