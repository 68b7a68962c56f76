// The fences of a page that a walk goes by: `sh` is done, `<language> <file>` is written, `text` after `sh` is what comes out.
const { readFileSync } = require('node:fs');

exports.stepsOf = function stepsOf(page) {
  const steps = [];
  for (const [, info, code] of readFileSync(page, 'utf8').matchAll(/^```(.*)\n([^]*?)^```$/gm)) {
    const [language, file] = info.split(' ');
    if (file) steps.push({ file, text: code });
    else if (language === 'sh') steps.push({ commands: code });
    else if (language === 'text' && steps.at(-1)?.commands) steps.at(-1).output = code;
  }
  if (!steps.some(({ commands }) => commands)) throw new Error(`${page} tells nothing to do`);
  return steps;
};
