import type { Position, Shape } from '../../model/geometry/types.ts';

/** The shape with every position put through `map`. */
export function mapShape(shape: Shape, map: (x: number, y: number) => Position): Shape {
  const one = ([x, y]: Position): Position => map(x, y);
  switch (shape.type) {
    case 'Point':
      return { type: 'Point', coordinates: one(shape.coordinates) };
    case 'MultiPoint':
      return { type: 'MultiPoint', coordinates: shape.coordinates.map(one) };
    case 'MultiLineString':
      return { type: 'MultiLineString', coordinates: shape.coordinates.map((line) => line.map(one)) };
    case 'MultiPolygon':
      return {
        type: 'MultiPolygon',
        coordinates: shape.coordinates.map((rings) => rings.map((ring) => ring.map(one))),
      };
  }
}
