export * from './arithmetic';
export * from './decimal';
export * from './number-text';
export * from './rounding';
