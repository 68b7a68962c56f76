import {
  compileDateFormat,
  type DateTime,
  dateTimeAt,
  epochSecond,
  formatIsoDateTime,
  parseIsoDateTime,
  TimeZone,
} from '../../spec/dates';
import type { ConvertTimeZoneSpec, Disambiguation } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { IsoTimeConverter } from './iso-time-converter';
import { CellProblem, rewriteCells } from './rewrite-column';

/**
 * Writes times as the clocks of another zone show them. Where clocks are put back, a local time stands for two instants,
 * where they are put forward for none: what happens then is named as in ECMAScript's Temporal.
 */
export function compileConvertTimeZone(spec: ConvertTimeZoneSpec, header: readonly string[]): ApplyToBatch {
  const { column, inputFormat, outputFormat, disambiguation } = spec;
  const source = spec.source === undefined ? undefined : new TimeZone(spec.source);
  const target = new TimeZone(spec.target);
  const parse = inputFormat === undefined ? parseIsoDateTime : compileDateFormat(inputFormat).parse;
  const format = outputFormat === undefined ? formatIsoDateTime : compileDateFormat(outputFormat).format;
  const converter =
    inputFormat === undefined && outputFormat === undefined
      ? new IsoTimeConverter(source, target)
      : undefined;
  const bytes =
    converter && ((data: Buffer, start: number, end: number) => converter.convert(data, start, end));
  const rewrite = (text: string) => {
    const value = parse(text);
    if (!value) {
      const as = inputFormat === undefined ? '' : ` as ${inputFormat}`;
      return new CellProblem(`${JSON.stringify(text)} is not a datetime${as}`);
    }
    const instant = instantOf(value, text, source, disambiguation);
    if (typeof instant !== 'number') return instant;
    const shown = shownAt(instant, value, target);
    return shown instanceof CellProblem ? shown : format(shown);
  };
  return rewriteCells(header, column, { bytes, text: rewrite });
}

/** The second that a time names. */
function instantOf(
  value: DateTime,
  text: string,
  source: TimeZone | undefined,
  disambiguation: Disambiguation,
): number | CellProblem {
  const regular = { ...value, second: value.second - leap(value) };
  if (value.offsetMinutes !== undefined) return epochSecond(regular);
  if (!source) {
    return new CellProblem(`${JSON.stringify(text)} has no offset, and the transform names no source zone`);
  }
  const local = epochSecond(regular);
  const instants = source.instantsOf(local);
  if (instants.length === 1) return instants[0];
  const gap = instants.length === 0;
  const what = gap ? 'is skipped by' : 'stands twice on';
  if (disambiguation === 'reject') {
    return new CellProblem(`${JSON.stringify(text)} ${what} the clocks of ${source.name}`);
  }
  const [earlier, later] = gap ? source.aroundGap(local) : instants;
  const takesEarlier = disambiguation === 'compatible' ? !gap : disambiguation === 'earlier';
  return takesEarlier ? earlier : later;
}

/** A leap second is counted as the regular one before it, so that it stays in its minute. */
function leap({ second }: DateTime): 0 | 1 {
  return second === 60 ? 1 : 0;
}

function shownAt(instant: number, value: DateTime, target: TimeZone): DateTime | CellProblem {
  const offset = target.offsetAt(instant);
  if (offset % 60 !== 0) {
    return new CellProblem(`the offset of ${target.name} at that time is not one of whole minutes`);
  }
  const shown = dateTimeAt(instant + offset);
  if (shown.year < 0 || shown.year > 9999) {
    return new CellProblem(`the time lies outside the years 0000 to 9999 in ${target.name}`);
  }
  const second = shown.second + leap(value);
  return { ...shown, second, nanosecond: value.nanosecond, offsetMinutes: offset / 60 };
}
