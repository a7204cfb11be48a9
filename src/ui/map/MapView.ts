import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
import type BaseLayer from 'ol/layer/Base.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import type { Client } from '../../api/client.ts';
import type { DistrictOutline } from '../../api/component.ts';
import type { Bbox, Position } from '../../model/geometry/types.ts';
import { resolutionAfter, type Extent2 } from './keep-view.ts';
import { createFrame, type MapFrame } from './frame.ts';
import { symbolPainter } from './layers/draw-symbol.ts';
import { GridCodeLayer } from './layers/grid-codes.ts';
import { HighlightLayer, type Highlighted } from './layers/highlight.ts';
import { OutlineLayers } from './layers/outline.ts';
import { PaintRoom } from './layers/paint-room.ts';
import { PointLayer } from './layers/points.ts';
import { PolygonTileLayer } from './layers/polygon-tiles.ts';
import { SketchLayer } from './layers/sketch.ts';
import { Sprites } from './layers/sprites.ts';
import { readPalette, type Palette } from './palette.ts';
import { NEAR, scaleOf } from './scale.ts';
import type { Shade } from './shade.ts';
import type { Sketch } from './sketch.ts';
import { TileStore } from './tiles/tile-store.ts';
import { Hand, pointerAt } from './tools/hand.ts';
import { sheetStyle } from './tools/sheet-style.ts';
import type { MapTool, ToolNote, ToolRoom } from './tools/tool.ts';

export interface MapEvents {
  onPointer(at: Position | null): void;
  onView(view: { bbox: Bbox; resolution: number; scale: number }): void;
  onThinned(thinned: { shown: number; total: number } | null): void;
  onNote(note: (ToolNote & { pixel: [number, number] }) | null): void;
}

const ZOOM_MS = 280;
/** Part of the map's size at its edges where a place to look at does not belong. */
const RIM = 0.2;
const LEAST_RESOLUTION = 0.01;
/** Double click, Shift and Alt are for the tools. */
const INTERACTIONS = {
  doubleClickZoom: false,
  shiftDragZoom: false,
  altShiftDragRotate: false,
  pinchRotate: false,
  keyboard: true,
};

/** Over the whole frame at first; never so far that the district becomes a dot. */
function viewOf({ projection, extent: [minX, minY, maxX, maxY] }: MapFrame): View {
  const size = maxX - minX;
  return new View({
    projection,
    center: [(minX + maxX) / 2, (minY + maxY) / 2],
    resolution: size / 1000,
    minResolution: LEAST_RESOLUTION,
    maxResolution: size / 200,
    enableRotation: false,
    showFullExtent: true,
  });
}

function sizeOf(map: OlMap): Extent2 {
  const [width = 0, height = 0] = map.getSize() ?? [];
  return [width, height];
}

/** Owns the map: layers, colours, view and pointer. React tells it what to show and never draws a feature. */
export class MapView {
  readonly #map: OlMap;
  readonly #target: HTMLElement;
  readonly #client: Client;
  readonly #frame: MapFrame;
  readonly #store: TileStore;
  readonly #painter = new PaintRoom();
  readonly #grids: PolygonTileLayer;
  readonly #communities: PolygonTileLayer;
  readonly #points: PointLayer;
  readonly #outline: OutlineLayers;
  readonly #codes: GridCodeLayer;
  readonly #highlight: HighlightLayer;
  readonly #sketch: SketchLayer;
  readonly #sheet = new VectorSource();
  readonly #sheetLayer: VectorLayer<VectorSource>;
  readonly #hand = new Hand();
  readonly #events: MapEvents;
  #palette: Palette;
  #classNames: readonly string[] = [];
  #theme = '';
  #viewId: string | null = null;
  #extent: Bbox | null = null;
  /** Ground the person last chose to see, metres; a change of the slot alone is no choice. */
  #meant: Extent2 = [0, 0];
  #size: Extent2 = [0, 0];
  #meantAll = false;
  #resizing = false;

  constructor(target: HTMLElement, client: Client, frame: { origin: Position; size: number }, events: MapEvents) {
    this.#target = target;
    this.#client = client;
    this.#events = events;
    this.#frame = createFrame(frame);
    this.#store = new TileStore(client);
    this.#palette = readPalette(target);
    const tiles = { frame: this.#frame, store: this.#store, room: this.#painter };
    this.#grids = new PolygonTileLayer('unit_grid', tiles, this.#palette, Infinity);
    this.#communities = new PolygonTileLayer('community', tiles, this.#palette, NEAR.dots);
    this.#points = new PointLayer(this.#frame, this.#store, this.#newSprites());
    this.#points.onThinned = (thinned) => events.onThinned(thinned);
    this.#outline = new OutlineLayers(this.#palette);
    this.#codes = new GridCodeLayer(client, this.#palette);
    this.#highlight = new HighlightLayer(this.#palette);
    this.#sketch = new SketchLayer(this.#palette);
    this.#sheetLayer = new VectorLayer({
      source: this.#sheet,
      updateWhileAnimating: true,
      updateWhileInteracting: true,
    });
    this.#styleSheet();
    this.#map = new OlMap({
      target,
      controls: [],
      interactions: defaultInteractions(INTERACTIONS).extend([this.#hand]),
      layers: this.#layers(),
      view: viewOf(this.#frame),
    });
    this.#follow();
  }

  /** From the ground up. */
  #layers(): BaseLayer[] {
    return [
      this.#outline.land,
      this.#communities.layer,
      this.#grids.layer,
      this.#outline.borders,
      this.#codes.layer,
      this.#points.layer,
      this.#outline.names,
      this.#highlight.layer,
      this.#sketch.layer,
      this.#sheetLayer,
    ];
  }

  #follow(): void {
    this.#map.on('pointermove', (event) => {
      const pointer = pointerAt(event);
      this.#events.onPointer(pointer.at);
      if (!event.dragging) this.#hand.tool?.move?.(pointer);
    });
    this.#map.on('click', (event) => this.#hand.tool?.click?.(pointerAt(event)));
    this.#map.on('dblclick', (event) => this.#hand.tool?.doubleClick?.(pointerAt(event)));
    this.#map.on('moveend', () => this.#tellView());
    this.#map.getView().on('change:resolution', () => this.#noteMeant());
    // A note stands by a place in pixels: when the map moves under it, it says nothing true.
    this.#map.on('movestart', () => this.#events.onNote(null));
    this.#target.addEventListener('pointerleave', () => this.#events.onPointer(null));
  }

  #tellView(): void {
    const size = this.#map.getSize();
    const resolution = this.#map.getView().getResolution();
    if (size === undefined || resolution === undefined || size[0] === 0 || size[1] === 0) return;
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = this.#map.getView().calculateExtent(size);
    const bbox: Bbox = [minX, minY, maxX, maxY];
    this.#events.onView({ bbox, resolution, scale: scaleOf(resolution) });
    // Codes are an extra: where they cannot be had the map stands without them.
    this.#codes.show(bbox, resolution).catch(() => this.#codes.layer.getSource()?.clear());
  }

  /** Sizes follow the element; in a slot of quite another size the map goes on showing what was looked at. */
  resize(): void {
    this.#map.updateSize();
    const view = this.#map.getView();
    const size = sizeOf(this.#map);
    // On its way from slot to slot it has no size for a moment.
    if (size[0] === 0 || size[1] === 0) return;
    const resolution = view.getAnimating() ? null : resolutionAfter(this.#meant, this.#size, size);
    this.#size = size;
    if (resolution === null) return;
    this.#resizing = true;
    if (this.#meantAll) this.fit(0);
    else view.setResolution(resolution);
    this.#resizing = false;
  }

  /** What is in view now is what the person means to see, unless only the slot made it so. */
  #noteMeant(): void {
    const resolution = this.#map.getView().getResolution();
    const [width, height] = sizeOf(this.#map);
    if (this.#resizing || resolution === undefined) return;
    this.#meant = [width * resolution, height * resolution];
    const [minX, minY, maxX, maxY] = this.#extent ?? [0, 0, Infinity, Infinity];
    this.#meantAll = this.#meant[0] >= maxX - minX && this.#meant[1] >= maxY - minY;
  }

  setOutline(outline: DistrictOutline): void {
    this.#outline.setOutline(outline);
  }

  setClasses(names: readonly string[]): void {
    this.#classNames = names;
    this.#points.refresh({ sprites: this.#newSprites() });
  }

  setTheme(theme: string): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#palette = readPalette();
    this.#grids.refresh({ palette: this.#palette, key: theme });
    this.#communities.refresh({ palette: this.#palette, key: theme });
    this.#points.refresh({ sprites: this.#newSprites() });
    this.#outline.restyle({ palette: this.#palette });
    this.#codes.restyle(this.#palette);
    this.#highlight.restyle(this.#palette);
    this.#sketch.restyle(this.#palette);
    this.#styleSheet();
  }

  setView(viewId: string | null): void {
    if (viewId === this.#viewId) return;
    this.#viewId = viewId;
    this.#points.refresh({ viewId });
  }

  setShade(shade: Shade | null): void {
    this.#outline.restyle({ shade });
    this.#communities.layer.setVisible(shade === null);
  }

  /** Components as a density where the scale is too small for dots. */
  setDensity(shown: boolean): void {
    this.#points.showDensity(shown);
  }

  /** Data of these layers changed at a revision: what is drawn of them is asked for again. */
  setEpochs(epochs: { component: number; unitGrid: number; place: number }): void {
    if (this.#points.epoch !== epochs.component) this.#points.refresh({ epoch: epochs.component });
    this.#grids.refresh({ epoch: epochs.unitGrid, key: this.#theme });
    this.#communities.refresh({ epoch: epochs.place, key: this.#theme });
    this.#tellView();
  }

  showSelection(
    kind: 'component' | 'unit_grid' | 'street' | 'community',
    features: Highlighted[],
    primary: number | null,
    around: Highlighted | null = null,
  ): void {
    this.#highlight.show(kind, features, primary, around);
  }

  /** What the import screen draws of a delivery. */
  showSketch(sketch: Sketch): void {
    this.#sketch.show(sketch);
    // What is there stands back while candidates are weighed.
    this.#points.layer.setOpacity(sketch.groups.length > 0 ? 0.35 : 1);
  }

  setTool(make: ((room: ToolRoom) => MapTool) | null): void {
    this.#sheet.clear();
    this.#events.onNote(null);
    this.#hand.take(make === null ? null : make(this.#room()));
  }

  get tool(): MapTool | null {
    return this.#hand.tool;
  }

  #room(): ToolRoom {
    return {
      client: this.#client,
      sheet: this.#sheet,
      points: this.#points,
      palette: () => this.#palette,
      resolution: () => this.#map.getView().getResolution() ?? 1,
      viewId: () => this.#viewId,
      say: (note) => {
        const pixel = note === null ? null : this.#map.getPixelFromCoordinate(note.at);
        this.#events.onNote(
          note === null || pixel === null ? null : { ...note, pixel: [pixel[0] ?? 0, pixel[1] ?? 0] },
        );
      },
      setCursor: (cursor) => {
        this.#target.style.cursor = cursor;
      },
      focus: () => this.#target.focus(),
      reveal: (at) => this.#reveal(at),
      goTo: (box) => this.zoomTo(box),
    };
  }

  #reveal([x, y]: Position): void {
    const [width = 0, height = 0] = this.#map.getSize() ?? [];
    const pixel = this.#map.getPixelFromCoordinate([x, y]);
    const [left = 0, top = 0] = pixel ?? [];
    const inside = (at: number, size: number) => at > size * RIM && at < size * (1 - RIM);
    if (pixel !== null && inside(left, width) && inside(top, height)) return;
    this.#map.getView().animate({ center: [x, y], duration: this.#motion() / 2 });
  }

  zoomBy(steps: number): void {
    const view = this.#map.getView();
    view.animate({ zoom: (view.getZoom() ?? 0) + steps, duration: this.#motion() / 2 });
  }

  /** The project's whole extent; remembered for `fit`. */
  setExtent(extent: Bbox | null, fitNow: boolean): void {
    this.#extent = extent;
    if (fitNow) this.fit(0);
  }

  fit(duration = this.#motion()): void {
    if (this.#extent === null) return;
    this.#map.getView().fit(this.#extent, { padding: [24, 24, 24, 24], duration });
  }

  /** Goes to a box; a point is shown with some hundred metres around it. */
  zoomTo([minX, minY, maxX, maxY]: Bbox, least = 120): void {
    const grow = Math.max(0, (least - Math.max(maxX - minX, maxY - minY)) / 2);
    const box = [minX - grow, minY - grow, maxX + grow, maxY + grow];
    this.#map.getView().fit(box, { padding: [40, 40, 40, 40], duration: this.#motion() });
  }

  #motion(): number {
    return globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ZOOM_MS;
  }

  #newSprites(): Sprites {
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    return new Sprites(this.#palette, ratio, symbolPainter(this.#classNames, this.#palette));
  }

  #styleSheet(): void {
    const style = sheetStyle(this.#palette);
    this.#sheetLayer.setStyle((feature) => style(feature.get('role')));
  }

  dispose(): void {
    this.#hand.take(null);
    this.#map.setTarget();
    this.#map.dispose();
    this.#store.clear();
    this.#painter.close();
  }
}
