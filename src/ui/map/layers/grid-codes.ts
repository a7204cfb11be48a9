import Feature from 'ol/Feature.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import type { Client } from '../../../api/client.ts';
import type { Bbox } from '../../../model/geometry/types.ts';
import type { Palette } from '../palette.ts';
import { NEAR } from '../scale.ts';
import { geometryOf } from './highlight.ts';

const MOST = 250;
/** The community is known where one looks; the tail tells the grid. */
const TAIL = 3;

/** Grid codes at large scale, in their own decluttered layer; only those in view are asked for. */
export class GridCodeLayer {
  readonly layer: VectorLayer<VectorSource>;
  readonly #source = new VectorSource();
  readonly #client: Client;
  #palette: Palette;
  #turn = 0;

  constructor(client: Client, palette: Palette) {
    this.#client = client;
    this.#palette = palette;
    this.layer = new VectorLayer({
      source: this.#source,
      declutter: true,
      maxResolution: NEAR.codes * 1.4,
      style: (feature) => this.#style(String(feature.get('code'))),
    });
  }

  restyle(palette: Palette): void {
    this.#palette = palette;
    this.layer.changed();
  }

  async show(bbox: Bbox, resolution: number): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    if (resolution > NEAR.codes * 1.4) return this.#source.clear(true);
    const { ids } = await this.#client.call('map.inBox', { bbox, layer: 'unit_grid', viewId: null, limit: MOST });
    if (turn !== this.#turn || ids.length === 0) return;
    const grids = await this.#client.call('map.features', { layer: 'unit_grid', ids });
    if (turn !== this.#turn) return;
    this.#source.clear(true);
    this.#source.addFeatures(
      grids.flatMap((grid) =>
        grid.shape === null ? [] : [new Feature({ geometry: geometryOf(grid.shape), code: grid.code })],
      ),
    );
  }

  #style(code: string): Style {
    const text = new Text({
      text: code.slice(-TAIL),
      font: `400 10px ${this.#palette.fontCode}`,
      fill: new Fill({ color: this.#palette.labelGrid }),
      stroke: new Stroke({ color: this.#palette.halo, width: 2.5 }),
    });
    return new Style({ text });
  }
}
