import { doubt, ROW_MARKS, ROW_QUOTES } from './layout';
import {
  BOUNDED_NUMBER,
  CALENDAR,
  Check,
  CHECK_BYTES,
  EMAIL,
  INTEGER,
  NOT_WORDS,
  NUMBER,
  PRESENT,
  Program,
  TEXT,
  UUID,
  WORDS,
} from './schema';
import { DOUBLED } from './tokenize';
import {
  CalendarLayout,
  codePoints,
  isBoundedNumber,
  isCalendar,
  isEmail,
  isInteger,
  isNumber,
  isUuid,
  isWord,
} from './values';

/*
 * Checks a whole column at a time. A rule only accepts the common shape of a value; a record with a cell that is not
 * accepted is doubtful, and the host decides about it by the full definition, which also says what is wrong. So a rule
 * can only be wrong by accepting too much.
 */

/** Checks the first `rows` records of the batch. */
export function checkRows(program: Program, rows: u32): void {
  for (let index: u32 = 0; index < program.checks; index++) {
    checkColumn(changetype<Check>(<usize>program.firstCheck + <usize>index * CHECK_BYTES), program.quote, rows);
  }
}

function checkColumn(check: Check, quote: u32, rows: u32): void {
  switch (check.operation) {
    case INTEGER:
      return checkEach<IntegerRule>(changetype<IntegerRule>(check), check, quote, rows);
    case NUMBER:
      return checkEach<NumberRule>(changetype<NumberRule>(check), check, quote, rows);
    case BOUNDED_NUMBER:
      return checkEach<BoundedNumberRule>(changetype<BoundedNumberRule>(check), check, quote, rows);
    case TEXT:
      return checkEach<TextRule>(changetype<TextRule>(check), check, quote, rows);
    case WORDS:
      return checkEach<WordsRule>(changetype<WordsRule>(check), check, quote, rows);
    case NOT_WORDS:
      return checkEach<NotWordsRule>(changetype<NotWordsRule>(check), check, quote, rows);
    case CALENDAR:
      return checkEach<CalendarRule>(changetype<CalendarRule>(check), check, quote, rows);
    case EMAIL:
      return checkEach<EmailRule>(changetype<EmailRule>(check), check, quote, rows);
    case UUID:
      return checkEach<UuidRule>(changetype<UuidRule>(check), check, quote, rows);
    case PRESENT:
      return checkEach<PresentRule>(changetype<PresentRule>(check), check, quote, rows);
    default:
      unreachable();
  }
}

/**
 * The only loop over records; made once for each rule by the compiler, so that no cell costs a call. Functions of their
 * own: only the rules that a file needs are compiled, and each as soon as it is worth it.
 */
function checkEach<R extends Check>(rule: R, check: Check, quote: u32, rows: u32): void {
  const offset = <usize>check.offset;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const mark = <usize>load<u32>(ROW_MARKS + (row << 2)) + offset;
    const at = load<u32>(mark) + 1;
    const length = load<u32>(mark, 4) - at;
    if (rule.takesLength(length)) continue;
    if (rule.isBare) {
      if (rule.accepts(at, length, 0)) continue;
    } else if (length != 0 && <u32>load<u8>(at) != quote) {
      if (rule.accepts(at, length, 0)) continue;
    }
    if (!acceptsCell<R>(rule, check, quote, row, at, length)) doubt(row, check.offset >> 2);
  }
}

/** Looks at a cell once more: it may be empty, or stand in quotes. */
function acceptsCell<R extends Check>(rule: R, check: Check, quote: u32, row: usize, at: usize, length: u32): bool {
  if (length == 0) return check.optional != 0;
  if (<u32>load<u8>(at) != quote) return false;
  if (length == 2) return check.optional != 0;
  // What a cell with doubled quotes says is not what stands there; only some rules can do with that.
  const doubled = load<u8>(ROW_QUOTES + row) & DOUBLED;
  return (!doubled || rule.takesDoubled) && rule.accepts(at + 1, length - 2, doubled);
}

/*
 * Views of a check: what its parameters mean, which cells it accepts, also by nothing but the bytes that they take with
 * their quotes, whether none of these is a cell in quotes as it stands (isBare), and whether it can do with cells that have
 * doubled quotes inside. None inherits a method, since a method that is overridden somewhere costs a call.
 */

/** `a` is 1 where it may be signed. */
@unmanaged
class IntegerRule extends Check {
  // @ts-ignore: decorator
  @inline takesLength(length: u32): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get isBare(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isInteger(at, length, this.a);
  }
}

/** `a` is 1 where it may be signed. */
@unmanaged
class NumberRule extends Check {
  // @ts-ignore: decorator
  @inline takesLength(length: u32): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get isBare(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isNumber(at, length, this.a);
  }
}

@unmanaged
class BoundedNumberRule extends Check {
  // @ts-ignore: decorator
  @inline takesLength(length: u32): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get isBare(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isBoundedNumber(at, length, <usize>this.table, this.a);
  }
}

/** From `a` to `b` characters: cells of `table` to `b` bytes, quotes included, always have so many. */
@unmanaged
class TextRule extends Check {
  // @ts-ignore: decorator
  @inline takesLength(length: u32): bool {
    return (length >= this.table) & (length <= this.b);
  }
  // @ts-ignore: decorator
  @inline get isBare(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    // How many doubled quotes there are, nobody knows.
    if (doubled) return (length <= this.b) & (this.a <= 1);
    return codePoints(at, length) - this.a <= this.b - this.a;
  }
}

/** Any cell that is not empty. */
@unmanaged
class PresentRule extends Check {
  // @ts-ignore: decorator
  @inline takesLength(length: u32): bool {
    return length > 2;
  }
  // @ts-ignore: decorator
  @inline get isBare(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return true;
  }
}

@unmanaged
class WordsRule extends Check {
  // @ts-ignore: decorator
  @inline takesLength(length: u32): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get isBare(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isWord(at, length, <usize>this.table, this.a, this.b);
  }
}

/** Any cell but one of the words: those that count as missing are for the host. */
@unmanaged
class NotWordsRule extends Check {
  // @ts-ignore: decorator
  @inline takesLength(length: u32): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get isBare(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return !isWord(at, length, <usize>this.table, this.a, this.b);
  }
}

@unmanaged
class CalendarRule extends Check {
  // @ts-ignore: decorator
  @inline takesLength(length: u32): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get isBare(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isCalendar(at, length, changetype<CalendarLayout>(<usize>this.table));
  }
}

@unmanaged
class EmailRule extends Check {
  // @ts-ignore: decorator
  @inline takesLength(length: u32): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get isBare(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isEmail(at, length);
  }
}

@unmanaged
class UuidRule extends Check {
  // @ts-ignore: decorator
  @inline takesLength(length: u32): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline get isBare(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isUuid(at, length);
  }
}
