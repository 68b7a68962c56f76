import { Functions } from './functions';

let functions: Functions;

beforeEach(() => (functions = new Functions()));
afterEach(() => functions.stop());

const GROUP = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/talker';
const TALKER = 'exports.handler = async () => { console.log("hello"); return 1; };';

it("writes a log in the name of the function's role, to a stream for each environment", async () => {
  functions.logGroups.add('/aws/lambda/talker');
  functions.make('talker', TALKER);
  await functions.call('talker');
  await functions.call('talker');
  expect(functions.lines('talker')).toEqual([
    expect.stringContaining('hello'),
    expect.stringContaining('hello'),
  ]);
  expect(functions.judgedLogs).toEqual([
    `worker: logs:CreateLogStream ${GROUP}:log-stream:`,
    expect.stringMatching(
      /^worker: logs:PutLogEvents .*:log-group:\/aws\/lambda\/talker:log-stream:local\/\[\$LATEST\]/,
    ),
  ]);
});

it('makes a group that is not there, once', async () => {
  functions.make('talker', TALKER);
  functions.make('second', TALKER, { LoggingConfig: { LogGroup: '/aws/lambda/talker' } });
  await functions.call('talker');
  await functions.call('second');
  const made = functions.judgedLogs.filter((call) => call.includes('CreateLogGroup'));
  expect(made).toEqual([`worker: logs:CreateLogGroup ${GROUP}`]);
});

it.each(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'])(
  'runs a function without %s, and writes nothing',
  async (action) => {
    functions.deniedLogActions.push(action);
    const metric = { Namespace: 'N', Dimensions: [[]], Metrics: [{ Name: 'M' }] };
    const line = JSON.stringify({ _aws: { Timestamp: 1, CloudWatchMetrics: [metric] }, M: 1 });
    functions.make(
      'talker',
      `exports.handler = async () => { process.stdout.write(${JSON.stringify(`${line}\n`)}); return 1; };`,
    );
    expect((await functions.call('talker')).payload).toBe(1);
    expect(functions.journal.entries.map(({ kind }) => kind)).toEqual([
      'invocation-started',
      'invocation-ended',
    ]);
  },
);
