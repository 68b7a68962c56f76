import { github } from 'projen';

/** The languages that .ci/run builds for, by the actions that set them up. */
const TOOLS = [
  { name: 'Set up Node.js', uses: 'actions/setup-node@v6', with: { 'node-version': '20' } },
  { name: 'Set up Python', uses: 'actions/setup-python@v6', with: { 'python-version': '3.11' } },
  {
    name: 'Set up Java',
    uses: 'actions/setup-java@v5',
    with: { 'java-version': '17', distribution: 'temurin' },
  },
  { name: 'Set up Go', uses: 'actions/setup-go@v6', with: { 'go-version': '1.26' } },
];

/** Builds every change by what a contributor runs as well: .ci/run. */
export function addBuildWorkflow(project: github.GitHub): void {
  const build = project.addWorkflow('build');
  build.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
  build.addJob('build', {
    runsOn: ['ubuntu-latest'],
    timeoutMinutes: 60,
    permissions: { contents: github.workflows.JobPermission.READ },
    steps: [
      { name: 'Check out', uses: 'actions/checkout@v6' },
      ...TOOLS,
      { name: 'Run everything that must hold', run: 'bash .ci/run' },
    ],
  });
}
