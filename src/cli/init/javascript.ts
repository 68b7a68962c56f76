import { nodeApp, packageJson } from './node-app';
import type { LanguageTemplate } from './template';

export const javascript: LanguageTemplate = {
  title: 'JavaScript',
  needs: undefined,
  install: ['npm install'],
  source: 'app.js',
  app: 'node app.js',
  ignored: ['node_modules/'],
  files: (subject, versions) => ({
    'app.js': nodeApp(subject, (names, module) => `const { ${names} } = require('${module}');`),
    'package.json': packageJson(subject, versions),
  }),
};
