import exceljs from 'exceljs';

/** Workbooks as another program sees them, for the tests of other rooms. Nothing the program itself uses. */
export async function readBook(path: string): Promise<exceljs.Workbook> {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(path);
  return book;
}

export function newBook(): exceljs.Workbook {
  return new exceljs.Workbook();
}

/** The rows of a sheet that hold something, each cell as the text it shows. */
export function textsOf(sheet: exceljs.Worksheet | undefined): string[][] {
  const lines: string[][] = [];
  sheet?.eachRow((row) => {
    lines.push(Array.from({ length: row.cellCount }, (_, i) => row.getCell(i + 1).text));
  });
  return lines;
}
