// Prints a page as one shell script, since what a command sets, such as a virtual environment, the next ones count on.
// Usage: script.js <page> <folder for what the commands print>
const { stepsOf } = require('./page');

const [, , page, folder] = process.argv;
stepsOf(page).forEach(({ file, text, commands }, step) => {
  if (file) console.log(`cat >'${file}' <<'END OF FILE'\n${text}END OF FILE`);
  else console.log(`{\n${commands}} >'${folder}/${step}' 2>&1`);
});
