import { defineFormat } from '../format.ts';
import { openCsv } from './open.ts';
import { writeCsv } from './write.ts';

export { writeCsv };

/** Delimited text. See docs/formats/csv.md. */
export const csvFormat = defineFormat({
  id: 'csv',
  extensions: ['csv', 'tsv', 'txt'],
  open: async (group, options = {}) => [await openCsv(group, options)],
  write: async (table, path, options = {}) => Promise.resolve(writeCsv(table, path, options)),
});
