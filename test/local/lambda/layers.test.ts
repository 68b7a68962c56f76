import { Functions } from './functions';

let functions: Functions;
beforeEach(() => {
  functions = new Functions();
});
afterEach(() => functions.stop());

const shell = (text: string): Record<string, string> => ({ bootstrap: `#!/bin/sh\n${text}\nexit 7\n` });

describe('layers of a function', () => {
  it('lie over each other, the last on top, where its runtime looks for packages', async () => {
    const lower = functions.makeLayer('lower', {
      'nodejs/node_modules/a/index.js': "module.exports = 'a'",
      'nodejs/node_modules/b/index.js': "module.exports = 'lower'",
    });
    const upper = functions.makeLayer('upper', {
      'nodejs/node_modules/b/index.js': "module.exports = 'upper'",
    });
    functions.make('node', "exports.handler = async () => [require('a'), require('b')]", {
      Layers: [lower, upper],
    });
    expect((await functions.call('node')).payload).toEqual(['a', 'upper']);
  });

  it('hold programs, libraries and packages of every language', async () => {
    const layer = functions.makeLayer('tools', { 'bin/hello': '#!/bin/sh\necho hello from a layer\n' });
    const code = shell('hello; echo "$LD_LIBRARY_PATH"; echo "$PYTHONPATH"');
    functions.make('shell', code, { Runtime: 'provided.al2023', Layers: [layer] });
    await functions.call('shell');
    const [hello, libraries, python] = functions.lines('shell');
    expect(hello).toBe('hello from a layer');
    expect(libraries).toMatch(/shell\.layers\/lib$/);
    expect(python).toMatch(/layers\/python:.*layers\/python\/lib\/provided\.al2023\/site-packages$/);
  });

  it('may bring the program of the function', async () => {
    const layer = functions.makeLayer('runtime', shell('echo from the layer'));
    functions.make('shell', { 'notes.txt': '' }, { Runtime: 'provided.al2023', Layers: [layer] });
    await functions.call('shell');
    expect(functions.lines('shell')).toContain('from the layer');
  });

  it('have to be in the template', async () => {
    const arn = 'arn:aws:lambda:eu-west-1:017000801446:layer:AWSLambdaPowertools:7';
    functions.make('node', 'exports.handler = async () => 1', { Layers: [arn] });
    expect((await functions.call('node')).payload.errorMessage).toBe(
      `the local run does not provide the layer ${arn}, which no template makes, used at Stack/node`,
    );
  });
});
