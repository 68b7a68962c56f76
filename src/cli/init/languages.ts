import { go } from './go';
import { java } from './java';
import { javascript } from './javascript';
import { python } from './python';
import type { LanguageTemplate } from './template';
import { typescript } from './typescript';

/** The languages of apps, by the names that `--language` takes. */
export const LANGUAGES = { typescript, javascript, python, java, go } as const satisfies Readonly<
  Record<string, LanguageTemplate>
>;

export const DEFAULT_LANGUAGE = 'typescript';

export type Language = keyof typeof LANGUAGES;
