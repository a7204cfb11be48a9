import exceljs from 'exceljs';

type Value = string | number | null;
export interface Book {
  /** Values of every row of a sheet, as kept. */
  rows(sheet: string): Value[][];
  /** The one row of a sheet with a text in one of its first two cells. @throws Error when there is none */
  line(sheet: string, title: string): Value[];
}

/** Reads a workbook as the person at the office who receives it would: with another program's eyes, sheet by sheet. */
export async function readBook(file: string): Promise<Book> {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(file);
  const rows = (sheet: string): Value[][] => {
    const found = book.getWorksheet(sheet);
    if (found === undefined)
      throw new Error(`No sheet ${sheet} among ${book.worksheets.map((one) => one.name).join(', ')}.`);
    const all: Value[][] = [];
    found.eachRow((row) => {
      const values = Array.isArray(row.values) ? row.values.slice(1) : [];
      all.push(values.map((value) => (typeof value === 'string' || typeof value === 'number' ? value : null)));
    });
    return all;
  };
  return {
    rows,
    line: (sheet, title) => {
      const found = rows(sheet).find((row) => row.slice(0, 2).includes(title));
      if (found === undefined) throw new Error(`No line ${title} in ${sheet}.`);
      return found;
    },
  };
}
