export * from './csv.ts';
export * from './duration.ts';
export * from './ledger.ts';
export * from './money.ts';
export * from './report.ts';
export * from './statistics.ts';
export * from './table.ts';
