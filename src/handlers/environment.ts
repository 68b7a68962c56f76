import { ENV } from '../shared/environment';

export type SettingName = keyof typeof ENV;

/**
 * A variable of the function's environment.
 *
 * @throws Error where it is not set: the function was deployed without its construct.
 */
export function setting(name: SettingName): string {
  const value = process.env[ENV[name]];
  if (value === undefined) throw new Error(`environment variable ${ENV[name]} is not set`);
  return value;
}

/** A variable that is a whole number of at least 1. */
export function numberSetting(name: SettingName): number {
  const value = setting(name);
  if (!/^[1-9][0-9]*$/.test(value)) {
    throw new Error(`environment variable ${ENV[name]} is '${value}', expected a positive whole number`);
  }
  return Number(value);
}

/** A variable that is a comma-separated list. */
export function listSetting(name: SettingName): string[] {
  return setting(name)
    .split(',')
    .filter((entry) => entry !== '');
}
