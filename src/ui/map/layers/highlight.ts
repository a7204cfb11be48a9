import Feature from 'ol/Feature.js';
import type Geometry from 'ol/geom/Geometry.js';
import MultiLineString from 'ol/geom/MultiLineString.js';
import MultiPoint from 'ol/geom/MultiPoint.js';
import MultiPolygon from 'ol/geom/MultiPolygon.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import type { Shape } from '../../../model/geometry/types.ts';
import type { Palette } from '../palette.ts';
import { NEAR } from '../scale.ts';

export function geometryOf(shape: Shape): Geometry {
  switch (shape.type) {
    case 'Point':
      return new Point(shape.coordinates);
    case 'MultiPoint':
      return new MultiPoint(shape.coordinates);
    case 'MultiLineString':
      return new MultiLineString(shape.coordinates);
    case 'MultiPolygon':
      return new MultiPolygon(shape.coordinates);
  }
}

const MANY = 80;

export interface Highlighted {
  id: number;
  code: string;
  shape: Shape | null;
}

/** What is selected: a blue ring round a component, a magenta outline with its code round a grid, a blue outline round a street. */
export class HighlightLayer {
  readonly layer: VectorLayer<VectorSource>;
  readonly #source = new VectorSource();
  #palette: Palette;
  /** So many that rings would hide the map: small ones then. */
  #many = false;

  constructor(palette: Palette) {
    this.#palette = palette;
    this.layer = new VectorLayer({
      source: this.#source,
      style: (feature, resolution) => this.#style(feature.getProperties(), resolution),
      updateWhileAnimating: true,
      updateWhileInteracting: true,
    });
  }

  show(
    kind: 'component' | 'unit_grid' | 'street' | 'community',
    features: Highlighted[],
    primary: number | null,
    /** The grid the selected component stands in. */
    around: Highlighted | null,
  ): void {
    const made = (one: Highlighted, as: string, labelBelow = false) =>
      one.shape === null
        ? []
        : [
            new Feature({
              geometry: geometryOf(one.shape),
              kind: as,
              code: one.code,
              primary: one.id === primary,
              labelBelow,
            }),
          ];
    this.#many = features.length > MANY;
    this.#source.clear(true);
    if (around !== null) this.#source.addFeatures(made(around, 'unit_grid', true));
    this.#source.addFeatures(features.flatMap((one) => made(one, kind)));
  }

  restyle(palette: Palette): void {
    this.#palette = palette;
    this.layer.changed();
  }

  #style(feature: Record<string, unknown>, resolution: number): Style[] {
    const palette = this.#palette;
    if (feature['kind'] === 'component') {
      const radius = feature['primary'] === true ? 13 : this.#many ? 4 : 10;
      const image = new CircleStyle({
        radius,
        stroke: new Stroke({ color: palette.select, width: 2 }),
        fill: new Fill({ color: palette.selectSoft }),
      });
      return [
        new Style({
          image,
          stroke: new Stroke({ color: palette.select, width: 3 }),
          fill: new Fill({ color: palette.selectSoft }),
          zIndex: 2,
        }),
      ];
    }
    if (feature['kind'] !== 'unit_grid') {
      return [
        new Style({
          stroke: new Stroke({ color: palette.select, width: 2 }),
          fill: new Fill({ color: palette.selectSoft }),
        }),
      ];
    }
    const text = new Text({
      text: String(feature['code']),
      font: `400 11px ${palette.fontCode}`,
      fill: new Fill({ color: palette.labelGrid }),
      stroke: new Stroke({ color: palette.halo, width: 3 }),
      textBaseline: 'top',
      offsetY: feature['labelBelow'] === true ? 4 : 7,
      overflow: true,
    });
    const outline = new Style({ stroke: new Stroke({ color: palette.grid, width: 2.2, lineJoin: 'round' }) });
    // Round a component the code stands below the grid, so that it does not lie on what stands inside; else under the tail of the code.
    const below = feature['labelBelow'] === true;
    const label = new Style({
      text,
      ...(below ? { geometry: (grid) => footOf(grid.getGeometry()?.getExtent()) } : {}),
    });
    return resolution <= NEAR.symbols * 1.5 ? [outline, label] : [outline];
  }
}

function footOf(extent: readonly number[] | undefined): Point | undefined {
  if (extent === undefined) return undefined;
  const [minX = 0, minY = 0, maxX = 0] = extent;
  return new Point([(minX + maxX) / 2, minY]);
}
