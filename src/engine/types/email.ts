const LOCAL = 1;
const LABEL = 2;
const KINDS = new Uint8Array(256);
for (const character of ".!#$%&'*+/=?^_`{|}~-") KINDS[character.charCodeAt(0)] = LOCAL;
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789') {
  KINDS[character.charCodeAt(0)] = LOCAL | LABEL;
}
const AT = 0x40;
const POINT = 0x2e;
const MOST_LABEL_BYTES = 63;

/** `local@label.label` with labels of letters and digits alone; labels with hyphens are left to the full definition. */
export function emailShape(data: Buffer, start: number, end: number): boolean {
  let at = start;
  while (at < end && KINDS[data[at]] & LOCAL) at++;
  if (at === start || at === end || data[at] !== AT) return false;
  for (let label = at + 1; label <= end; label = at + 1) {
    at = label;
    while (at < end && KINDS[data[at]] & LABEL) at++;
    if (at === label || at - label > MOST_LABEL_BYTES || (at < end && data[at] !== POINT)) return false;
  }
  return true;
}
