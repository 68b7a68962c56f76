import type { awscdk, Task } from 'projen';

/** Runs a TypeScript source as it is, with the package known by its own name. */
export const RUN = 'tsx --tsconfig tsconfig.dev.json';

/** Adds a task of one command, which takes the arguments that are given to the task. */
export function addTask(
  project: awscdk.AwsCdkConstructLibrary,
  name: string,
  description: string,
  command: string,
): Task {
  return project.addTask(name, { description, steps: [{ exec: command, receiveArgs: true }] });
}
