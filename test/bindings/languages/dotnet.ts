import * as path from 'node:path';
import type { Language } from './language';

/** Generated code alone: each C# source has to parse, each project has to be XML. */
export const DOTNET: Language = {
  name: 'dotnet',
  needs: { python3: 'https://www.python.org, or python3 and python3-venv of the system' },
  run: async (workshop, packages) => {
    const python = workshop.at('venv', 'bin', 'python');
    await workshop.run('venv', 'python3', ['-m', 'venv', workshop.at('venv')]);
    const parsers = ['tree-sitter', 'tree-sitter-c-sharp'];
    await workshop.run('install', python, ['-m', 'pip', 'install', '-q', ...parsers]);
    const checker = path.join(__dirname, '..', 'check_dotnet.py');
    console.log(
      (await workshop.run('parse', python, [checker, path.join(packages.code, 'dotnet')])).trimEnd(),
    );
    return [];
  },
};
