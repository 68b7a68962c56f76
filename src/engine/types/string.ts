import type { Shape, ShapeOf } from './cell-type';
import { emailShape } from './email';
import { uuidShape } from './uuid';

/** Formats that are told by bytes; the others are read as text. */
const FORMATS: Readonly<Record<string, Shape>> = {
  default: () => true,
  email: emailShape,
  uuid: uuidShape,
};

export const stringShape: ShapeOf = ({ format }) => FORMATS[format];
