import { nodeApp, packageJson } from './node-app';
import { json, type LanguageTemplate } from './template';

export const typescript: LanguageTemplate = {
  title: 'TypeScript',
  needs: undefined,
  install: ['npm install'],
  source: 'app.ts',
  app: 'npx tsx app.ts',
  ignored: ['node_modules/'],
  files: (subject, versions) => ({
    'app.ts': nodeApp(subject, (names, module) => `import { ${names} } from '${module}';`),
    'package.json': packageJson(subject, versions, { '@types/node': '^20', tsx: '^4', typescript: '>=5.5' }),
    'tsconfig.json': json({
      compilerOptions: {
        target: 'es2022',
        module: 'node16',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: ['node'],
      },
      include: ['*.ts'],
    }),
  }),
};
