import Feature from 'ol/Feature.js';
import LineString from 'ol/geom/LineString.js';
import Point from 'ol/geom/Point.js';
import Polygon from 'ol/geom/Polygon.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Icon from 'ol/style/Icon.js';
import RegularShape from 'ol/style/RegularShape.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import type { Position } from '../../../model/geometry/types.ts';
import { SYMBOL_BOX, SYMBOL_LINE } from '../../kit/symbols.ts';
import type { Palette } from '../palette.ts';
import type { CandidateGroup, CandidateTie, CoveredArea, Move, Sketch } from '../sketch.ts';
import { symbolPainter } from './draw-symbol.ts';

const SYMBOL_SCALE = 2;

/** What a delivery would look like: its points under each candidate system, the area it speaks for, and the move of one component. */
export class SketchLayer {
  readonly layer: VectorLayer<VectorSource>;
  readonly #source = new VectorSource();
  #palette: Palette;
  #shown: Sketch = { groups: [], ties: [], pointed: null, move: null, covered: [] };

  constructor(palette: Palette) {
    this.#palette = palette;
    this.layer = new VectorLayer({ source: this.#source, updateWhileAnimating: true, updateWhileInteracting: true });
  }

  show(sketch: Sketch): void {
    this.#shown = sketch;
    const { groups, ties, pointed, move, covered } = sketch;
    this.#source.clear(true);
    this.#source.addFeatures([
      ...covered.map((area) => this.#areaFeature(area)),
      ...this.#tieFeatures(ties),
      ...this.#groupFeatures(groups, pointed),
      ...(move === null ? [] : this.#moveFeatures(move)),
    ]);
  }

  restyle(palette: Palette): void {
    this.#palette = palette;
    this.show(this.#shown);
  }

  #areaFeature({ ring, label }: CoveredArea): Feature {
    const { ink, selectSoft, halo, fontUi } = this.#palette;
    const feature = new Feature(new Polygon([ring.map(([x, y]) => [x, y])]));
    feature.setStyle(
      new Style({
        zIndex: -1,
        stroke: new Stroke({ color: ink, width: 1.6, lineDash: [7, 4] }),
        fill: new Fill({ color: selectSoft }),
        text: new Text({
          text: label,
          font: `500 12px ${fontUi}`,
          fill: new Fill({ color: ink }),
          stroke: new Stroke({ color: halo, width: 3 }),
        }),
      }),
    );
    return feature;
  }

  /** From each delivered point to the known thing it is: a thin line, and a ring where it belongs. */
  #tieFeatures(ties: readonly CandidateTie[]): Feature[] {
    const color = this.#palette.clarity.clear;
    const line = new Style({ stroke: new Stroke({ color, width: 1.2 }) });
    const ring = new Style({ image: new CircleStyle({ radius: 5, stroke: new Stroke({ color, width: 1.4 }) }) });
    return ties.flatMap(({ from, to }) => [styled(new LineString([from, to]), line), styled(new Point(to), ring)]);
  }

  #groupFeatures(groups: readonly CandidateGroup[], pointed: string | null): Feature[] {
    // The chosen one is drawn last, on top, but for the one pointed at.
    const order = groups.toReversed().toSorted((a, b) => Number(a.letter === pointed) - Number(b.letter === pointed));
    const points = order.flatMap((group) => {
      const style = this.#pointStyle(group.tone, group.letter === pointed);
      return group.points.map((at) => styled(new Point(at), style));
    });
    const middles = groups.flatMap((group) => {
      const at = group.points[Math.floor(group.points.length / 2)];
      return at === undefined ? [] : [{ group, at }];
    });
    const [first, ...others] = middles;
    const ties =
      first === undefined
        ? []
        : others.map(({ at }) =>
            styled(
              new LineString([first.at, at]),
              new Style({ stroke: new Stroke({ color: this.#palette.label, width: 1, lineDash: [2, 3] }) }),
            ),
          );
    return [
      ...points,
      ...ties,
      ...middles.toReversed().map(({ group, at }) => styled(new Point(at), this.#plate(group))),
    ];
  }

  #tone(tone: CandidateGroup['tone']): string {
    const { ink, clarity, labelSecond } = this.#palette;
    return tone === 'chosen' ? ink : tone === 'second' ? clarity.disputed : labelSecond;
  }

  /** Discs for the chosen system, crosses for the others: shape before colour. */
  #pointStyle(tone: CandidateGroup['tone'], isPointed: boolean): Style {
    const size = isPointed ? 1.6 : 1;
    const color = this.#tone(tone);
    if (tone === 'chosen') {
      const stroke = new Stroke({ color: this.#palette.halo, width: 1 });
      return new Style({ image: new CircleStyle({ radius: 3.5 * size, fill: new Fill({ color }), stroke }) });
    }
    const stroke = new Stroke({ color, width: 1.3 * size });
    return new Style({ image: new RegularShape({ points: 4, radius: 3.6 * size, radius2: 0, stroke, angle: 0 }) });
  }

  #plate({ letter, tone }: CandidateGroup): Style {
    return new Style({
      zIndex: 2,
      text: new Text({
        text: letter,
        font: `600 11px ${this.#palette.fontUi}`,
        fill: new Fill({ color: this.#palette.halo }),
        backgroundFill: new Fill({ color: this.#tone(tone) }),
        backgroundStroke: new Stroke({ color: this.#palette.halo, width: 2 }),
        padding: [3, 5, 2, 6],
      }),
    });
  }

  #moveFeatures({ from, to, className, fromLabel, toLabel }: Move): Feature[] {
    const { clarity, ink } = this.#palette;
    const features: Feature[] = [];
    if (from !== null && to !== null) features.push(...arrow(from, to, ink));
    if (from !== null)
      features.push(styled(new Point(from), this.#end(clarity.unclear, [4, 3], className, fromLabel, 24)));
    if (to !== null) features.push(styled(new Point(to), this.#end(clarity.clear, null, className, toLabel, -24)));
    return features;
  }

  #end(color: string, dash: number[] | null, className: string | null, label: string, below: number): Style[] {
    const stroke = new Stroke({ color, width: 2, ...(dash === null ? {} : { lineDash: dash }) });
    const text = new Text({
      text: label,
      font: `400 12px ${this.#palette.fontUi}`,
      offsetY: below,
      fill: new Fill({ color: this.#palette.label }),
      stroke: new Stroke({ color: this.#palette.halo, width: 3 }),
      overflow: true,
    });
    const ring = new CircleStyle({ radius: 12, stroke, fill: new Fill({ color: this.#palette.halo }) });
    const img = this.#symbol(className);
    return [new Style({ image: ring, text }), new Style({ image: new Icon({ img, scale: 1 / SYMBOL_SCALE }) })];
  }

  #symbol(className: string | null): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.width = SYMBOL_BOX * SYMBOL_SCALE;
    canvas.height = SYMBOL_BOX * SYMBOL_SCALE;
    const context = canvas.getContext('2d');
    if (context === null) return canvas;
    context.scale(SYMBOL_SCALE, SYMBOL_SCALE);
    context.strokeStyle = this.#palette.symbol;
    context.lineWidth = SYMBOL_LINE;
    symbolPainter([className ?? ''], this.#palette)(context, 0);
    return canvas;
  }
}

function styled(geometry: Point | LineString, style: Style | Style[]): Feature {
  const feature = new Feature(geometry);
  feature.setStyle(style);
  return feature;
}

function arrow(from: Position, to: Position, color: string): Feature[] {
  const rotation = Math.atan2(to[0] - from[0], to[1] - from[1]);
  const middle: Position = [from[0] + (to[0] - from[0]) * 0.62, from[1] + (to[1] - from[1]) * 0.62];
  const head = new RegularShape({ points: 3, radius: 6, rotation, fill: new Fill({ color }) });
  return [
    styled(new LineString([from, to]), new Style({ stroke: new Stroke({ color, width: 2 }) })),
    styled(new Point(middle), new Style({ image: head })),
  ];
}
