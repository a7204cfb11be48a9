export { openDelivery } from './delivery.ts';
export type { OpenOptions } from './delivery.ts';
export { makeGeopackageFormat } from './geopackage.ts';
export { shapefileFormat } from './shapefile/index.ts';
export { workbookFormat } from './workbook/index.ts';
export { csvFormat } from './csv/index.ts';
export { geojsonFormat } from './geojson/index.ts';
export { coordinateColumns } from './coordinate-columns.ts';
export { writeSheets, type SheetCell, type SheetToWrite } from './workbook/index.ts';
