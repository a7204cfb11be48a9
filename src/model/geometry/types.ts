/**
 * The shapes Gewu reads and keeps. They are GeoJSON-shaped objects, but in any planar CRS: x east, y north, in the unit of
 * the CRS (metres in a project). Delivered Z and M values never enter them; readers hand those over beside the shape.
 */
export type Position = [x: number, y: number];
/** A closed line: first and last position are equal. Outer rings run counter-clockwise, holes clockwise, as GeoPackage advises. */
export type Ring = Position[];
export type PolygonRings = Ring[];

export interface PointShape {
  type: 'Point';
  coordinates: Position;
}
export interface MultiPointShape {
  type: 'MultiPoint';
  coordinates: Position[];
}
export interface MultiLineStringShape {
  type: 'MultiLineString';
  coordinates: Position[][];
}
export interface MultiPolygonShape {
  type: 'MultiPolygon';
  coordinates: PolygonRings[];
}
/** Single-part lines and polygons are always held as their multi form; one form less to think of everywhere. */
export type Shape = PointShape | MultiPointShape | MultiLineStringShape | MultiPolygonShape;

/** [minX, minY, maxX, maxY] in the unit of the CRS. */
export type Bbox = [minX: number, minY: number, maxX: number, maxY: number];
