// Compares what the commands of a page printed with what the page shows; `…` stands for anything.
// Usage: compare.js <page> <folder with what the commands printed>
const assert = require('node:assert');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { stepsOf } = require('./page');

const [, , page, folder] = process.argv;
let compared = 0;
stepsOf(page).forEach(({ output }, step) => {
  if (output === undefined) return;
  const printed = readFileSync(join(folder, String(step)), 'utf8');
  const parts = output.trim().split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  assert.match(printed.trim(), new RegExp(`^${parts.join('[^]*?')}$`), `${page} shows something else than what comes out`);
  compared++;
});
assert(compared > 0, `${page} shows nothing that comes out`);
