import Feature from 'ol/Feature.js';
import MultiPolygon from 'ol/geom/MultiPolygon.js';
import Point from 'ol/geom/Point.js';
import VectorImageLayer from 'ol/layer/VectorImage.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import type { DistrictOutline } from '../../../api/component.ts';
import type { Palette } from '../palette.ts';
import { NEAR } from '../scale.ts';
import { shadeClass, type Shade } from '../shade.ts';

/** Streets and communities: land below everything, borders above the grids, names on top. 28 polygons, so plain vectors serve. */
export class OutlineLayers {
  readonly land: VectorImageLayer<VectorSource>;
  readonly borders: VectorImageLayer<VectorSource>;
  readonly names: VectorLayer<VectorSource>;
  readonly #streets = new VectorSource();
  readonly #labels = new VectorSource();
  #palette: Palette;
  #shade: Shade | null = null;
  #selected: string | null = null;

  constructor(palette: Palette) {
    this.#palette = palette;
    this.land = new VectorImageLayer({
      source: this.#streets,
      imageRatio: 1.5,
      style: (feature) => this.#landStyle(feature.get('code')),
    });
    this.borders = new VectorImageLayer({ source: this.#streets, imageRatio: 1.5, style: () => this.#borderStyle() });
    this.names = new VectorLayer({
      source: this.#labels,
      declutter: true,
      style: (feature, resolution) => this.#nameStyle(feature.getProperties(), resolution),
    });
  }

  setOutline(outline: DistrictOutline): void {
    this.#streets.clear(true);
    this.#labels.clear(true);
    this.#streets.addFeatures(
      outline.streets.map(({ id, code, name, rings }) => {
        const feature = new Feature({ geometry: new MultiPolygon(rings), code, name, kind: 'street' });
        feature.setId(id);
        return feature;
      }),
    );
    const label = (kind: string, code: string, name: string, at: number[]) =>
      new Feature({ geometry: new Point(at), kind, code, name: shortName(name) });
    this.#labels.addFeatures([
      ...outline.streets.map((street) => label('street', street.code, street.name, street.label)),
      ...outline.communities.map((one) => label('community', one.code, one.name, one.label)),
    ]);
  }

  restyle(change: { palette?: Palette; shade?: Shade | null; selected?: string | null }): void {
    if (change.palette !== undefined) this.#palette = change.palette;
    if (change.shade !== undefined) this.#shade = change.shade;
    if (change.selected !== undefined) this.#selected = change.selected;
    for (const layer of [this.land, this.borders, this.names]) layer.changed();
  }

  #landStyle(code: unknown): Style {
    const value = typeof code === 'string' ? this.#shade?.values.get(code) : undefined;
    const rate =
      value === undefined || this.#shade === null
        ? undefined
        : this.#palette.rates[shadeClass(value, this.#shade.breaks)];
    return new Style({ fill: new Fill({ color: rate ?? this.#palette.land }) });
  }

  #borderStyle(): Style {
    return new Style({ stroke: new Stroke({ color: this.#palette.street, width: 1.2, lineJoin: 'round' }) });
  }

  #nameStyle(label: Record<string, unknown>, resolution: number): Style | undefined {
    const street = label['kind'] === 'street';
    if (!street && resolution > NEAR.communities) return undefined;
    if (street && resolution <= NEAR.symbols) return undefined;
    const name = String(label['name']);
    const figure = this.#shade?.texts.get(String(label['code']));
    const shaded = street && figure !== undefined && resolution > NEAR.dots / 2;
    const text = new Text({
      text: shaded ? `${name}\n${figure}` : spaced(name, street),
      font: `400 ${street ? 12 : 11}px ${this.#palette.fontUi}`,
      fill: new Fill({ color: street ? this.#palette.label : this.#palette.labelSecond }),
      stroke: new Stroke({ color: this.#palette.halo, width: 3 }),
      overflow: true,
    });
    return new Style({ text, zIndex: street ? 2 : 1 });
  }

  get selected(): string | null {
    return this.#selected;
  }
}

/** The kind word says nothing on a map: 青龙桥街道 → 青龙桥, 前屯社区居委会 → 前屯. */
export function shortName(name: string): string {
  const short = name
    .replace(/(街道办事处|地区办事处|街道|地区|镇|乡)$/u, '')
    .replace(/(社区居委会|社区|居委会|村委会)$/u, '');
  return short === '' ? name : short;
}

/** Community names stand a little wider, so that they read as areas and not as things. */
function spaced(name: string, street: boolean): string {
  return street ? name : Array.from(name).join('\u200a');
}
