import Feature from 'ol/Feature.js';
import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import MultiPolygon from 'ol/geom/MultiPolygon.js';
import Point from 'ol/geom/Point.js';
import Modify from 'ol/interaction/Modify.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';

/** What the peer draws: every grid and some points, as features of one plain vector layer each. Runs in the browser. */
export interface PeerData {
  polygons: [number, number][][][][];
  points: [number, number][];
}

async function start(): Promise<void> {
  const data = (await (await fetch('/peer.json')).json()) as PeerData;
  const polygons = new VectorSource({
    features: data.polygons.map((rings) => new Feature(new MultiPolygon(rings))),
  });
  const points = new VectorSource({ features: data.points.map((at) => new Feature(new Point(at))) });
  const map = new OlMap({
    target: 'map',
    controls: [],
    layers: [
      new VectorLayer({
        source: polygons,
        style: new Style({ stroke: new Stroke({ color: '#c0a', width: 0.5 }), fill: new Fill({ color: '#f4f2ec' }) }),
      }),
      new VectorLayer({
        source: points,
        style: new Style({ image: new CircleStyle({ radius: 3, fill: new Fill({ color: '#0a7d70' }) }) }),
      }),
    ],
    view: new View({ center: [0, 0], resolution: 40 }),
  });
  map.getView().fit(polygons.getExtent() ?? [0, 0, 1, 1]);
  if (location.pathname === '/modify') editable(map, polygons, data);
  map.once('rendercomplete', () => document.body.classList.add('ready'));
}

/** Goes near and lets every node of every polygon be dragged; tells where one is. */
function editable(map: OlMap, polygons: VectorSource, data: PeerData): void {
  const at = data.polygons[Math.floor(data.polygons.length / 2)]?.[0]?.[0]?.[0] ?? [0, 0];
  map.getView().setCenter(at);
  map.getView().setResolution(1.3);
  const modify = new Modify({ source: polygons });
  modify.on('modifystart', () => document.body.classList.add('modified'));
  map.addInteraction(modify);
}

void start();
