import { defineFormat } from '../format.ts';
import { openWorkbook } from './open.ts';
import { writeWorkbook } from './write.ts';

export { writeSheets, type SheetCell, type SheetToWrite } from './write-sheets.ts';
export { writeWorkbook };

/** Excel workbooks (xlsx, xlsm; xls is named and refused). See docs/formats/workbook.md. */
export const workbookFormat = defineFormat({
  id: 'workbook',
  extensions: ['xlsx', 'xlsm', 'xls'],
  open: openWorkbook,
  write: async (table, path) => await writeWorkbook(table, path),
});
