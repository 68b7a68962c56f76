export * from './calendar';
export * from './date-format';
export * from './directives';
export * from './iso';
export * from './time-zone';
