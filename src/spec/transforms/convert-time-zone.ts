import { compileDateFormat } from '../dates/date-format';
import { readDateFormat } from '../dates/read-date-format';
import { isTimeZone } from '../dates/time-zone';
import { requireColumn, type OperationRule } from '../operation-rule';
import type { SpecReader } from '../spec-reader';
import { type ConvertTimeZoneSpec, DISAMBIGUATIONS } from './transform-spec';

export const CONVERT_TIME_ZONE: OperationRule<ConvertTimeZoneSpec> = {
  read: (reader) => {
    reader.only(['type', 'column', 'source', 'target', 'inputFormat', 'outputFormat', 'disambiguation']);
    return {
      type: 'convert-time-zone',
      column: reader.column('column'),
      ...(reader.has('source') && { source: readTimeZone(reader, 'source') }),
      target: readTimeZone(reader, 'target'),
      ...(reader.has('inputFormat') && { inputFormat: readInputFormat(reader) }),
      ...(reader.has('outputFormat') && { outputFormat: readDateFormat(reader, 'outputFormat') }),
      disambiguation: reader.choice('disambiguation', DISAMBIGUATIONS),
    };
  },
  header: ({ column }, columns, report) => {
    requireColumn(columns, 'column', column, report);
    return columns;
  },
};

function readTimeZone(reader: SpecReader, name: string): string {
  const zone = reader.filledText(name);
  if (reader.value(name) === zone && !isTimeZone(zone)) {
    reader.report(name, 'the name of a time zone, such as "Europe/Berlin" or "UTC"');
  }
  return zone;
}

/** A time of which the day or the hour is not known has none in another zone. */
function readInputFormat(reader: SpecReader): string {
  const before = reader.problems.length;
  const pattern = readDateFormat(reader, 'inputFormat');
  if (reader.problems.length > before) return pattern;
  const { parts } = compileDateFormat(pattern);
  const hasDay = parts.has('year') && (parts.has('dayOfYear') || (parts.has('month') && parts.has('day')));
  if (!hasDay || !(parts.has('hour') || parts.has('hour12'))) {
    reader.report('inputFormat', 'a format that states year, month, day and hour');
  }
  return pattern;
}
