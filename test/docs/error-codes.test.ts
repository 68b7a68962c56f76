import * as fs from 'node:fs';
import { PAGE, renderErrorCodes } from '../../docs/error-codes';

it('lists every error code as it stands in the code', () => {
  expect(fs.readFileSync(PAGE, 'utf8')).toBe(renderErrorCodes());
});
