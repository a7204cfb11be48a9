export { shapefileFormat } from './format.ts';
export { writeShapefile } from './write.ts';
export type { ShapefileWriteOptions } from './write.ts';
