import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  CastType,
  Disambiguation,
  ExtraParts,
  KeptDuplicate,
  LetterCase,
  OtherValue,
  RoundingMode,
  Transform,
} from 'serverless-csv-etl';

/** Every transform, with every option. */
export function everyTransform(scope) {
  const key = Secret.fromSecretNameV2(scope, 'HashKey', 'shop/hash-key');
  return [
    Transform.trim('product', 'unit'),
    Transform.cast('price', CastType.NUMBER, { decimalChar: ',', groupChar: '.', bareNumber: false }),
    Transform.cast('quantity', CastType.INTEGER, { groupChar: '.' }),
    Transform.cast('paid', CastType.BOOLEAN, { trueValues: ['ja'], falseValues: ['nein'] }),
    Transform.cast('ordered', CastType.DATE, { inputFormat: '%d.%m.%Y' }),
    Transform.filter('quantity > 0'),
    Transform.fillMissing('unit', 'piece'),
    Transform.replace('product', ' & ', ' and '),
    Transform.replacePattern('product', '\\s+', ' '),
    Transform.changeCase('country', LetterCase.UPPER),
    Transform.derive('total', 'quantity * price', { scale: 2, rounding: RoundingMode.HALF_UP }),
    Transform.round('price', { scale: 3, rounding: RoundingMode.HALF_DOWN }),
    Transform.formatDate('ordered', '%Y-%m-%d', '%d %b %Y'),
    Transform.convertTimeZone('called', {
      source: 'Europe/Berlin',
      target: 'UTC',
      inputFormat: '%Y-%m-%dT%H:%M:%S',
      outputFormat: '%Y-%m-%d %H:%M:%S%z',
      disambiguation: Disambiguation.COMPATIBLE,
    }),
    Transform.split('tags', { separator: '|', into: ['first_tag', 'other_tags'], extra: ExtraParts.DROP }),
    Transform.concatenate('label', { columns: ['product', 'unit'], separator: ' / ' }),
    Transform.mapValues('unit', {
      values: { piece: 'pc', l: 'litre', kg: 'kilogram' },
      otherwise: OtherValue.value('?'),
    }),
    Transform.mask('contact', { keepFirst: 1, keepLast: 2, character: '#' }),
    Transform.hash('label', { key, jsonField: 'current' }),
    Transform.deDuplicate({ columns: ['id'], keep: KeptDuplicate.LAST }),
    Transform.rename('unit', 'sold_by'),
    Transform.drop('tags', 'replaces'),
  ];
}
