import type { KernelMemory } from './kernel-memory';
import { longestBytes, type MissingTexts } from './missing-texts';
import { words } from './words';
import type { DialectSpec } from '../../spec/dialect-spec';
import { BLANK, RecordStates } from '../read/record-states';

/** For the records of a batch that are rewritten: a window of text and their marks. Those that do not fit are the host's. */
const ROOM_BYTES = 384 * 1024;
const NONE = 256;
const SPACE = 0x20;

/** What there is in few dialects, see Program of the assembly. */
export function dialectWords(
  memory: KernelMemory,
  dialect: DialectSpec,
  missing: readonly MissingTexts[],
): number[] {
  const { escapeChar, commentChar, doubleQuote, skipInitialSpace, nullSequence = '' } = dialect;
  const states = new RecordStates(dialect);
  const isCommon = escapeChar === null && commentChar === null && doubleQuote && !skipInitialSpace;
  const nullText = Buffer.from(nullSequence);
  const room = memory.allocate(ROOM_BYTES);
  return [
    isCommon ? 1 : 0,
    byteOf(escapeChar),
    byteOf(commentChar),
    doubleQuote ? 1 : 0,
    states.kinds[SPACE] === BLANK ? SPACE : NONE,
    missing.some(({ table }) => table) ? memory.store(words(missing.flatMap(missingWords(memory)))) : 0,
    memory.store(nullText),
    nullText.length,
    memory.store(states.table),
    memory.store(states.kinds),
    room,
    room + ROOM_BYTES,
  ];
}

/** The tables of texts, each stored once: most columns have the same. */
function missingWords(memory: KernelMemory): (column: MissingTexts) => number[] {
  const stored = new Map<MissingTexts, number[]>();
  return (column) => {
    const { table } = column;
    if (!table) return [0, 0, 0, 0];
    const known = stored.get(column) ?? [
      memory.store(table.data),
      table.mask,
      table.factor,
      longestBytes(column),
    ];
    stored.set(column, known);
    return known;
  };
}

/** 256, which is no byte, where there is no character. */
export function byteOf(character: string | null): number {
  return character === null ? NONE : character.charCodeAt(0);
}
