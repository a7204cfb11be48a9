export { shapefileFormat } from './format.ts';
export { writeShapefile } from './write.ts';
