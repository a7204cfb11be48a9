import Feature from 'ol/Feature.js';
import LineString from 'ol/geom/LineString.js';
import Polygon from 'ol/geom/Polygon.js';
import type { Position } from '../../../model/geometry/types.ts';
import { ringArea } from '../../../model/geometry/ring.ts';
import { areaText, lengthText } from '../scale.ts';
import type { MapTool, ToolRoom } from './tool.ts';

function lengthOf(line: readonly Position[]): number {
  return line.reduce((sum, [x, y], i) => {
    const before = line[i - 1];
    return before === undefined ? 0 : sum + Math.hypot(x - before[0], y - before[1]);
  }, 0);
}

/** Length along a drawn line or area within it, planar in the project CRS. Double click or Enter ends, Backspace takes the last point back. */
export function measureTool(room: ToolRoom, kind: 'length' | 'area'): MapTool {
  let line: Position[] = [];
  let done = false;
  const draw = (pointer: Position | null) => {
    const all = pointer === null || done ? line : [...line, pointer];
    room.sheet.clear();
    const last = all.at(-1);
    if (all.length < 2 || last === undefined) return room.say(null);
    const first = all[0] ?? last;
    const ring = [...all, first];
    const geometry = kind === 'area' ? new Polygon([ring]) : new LineString(all);
    room.sheet.addFeature(new Feature({ geometry, role: 'measure' }));
    const text = kind === 'area' ? areaText(Math.abs(ringArea(ring))) : lengthText(lengthOf(all));
    room.say({ at: last, tone: 'plain', text });
  };
  const end = () => {
    done = true;
    draw(null);
  };
  return {
    enter: () => room.setCursor('crosshair'),
    exit: () => {
      line = [];
      room.sheet.clear();
      room.say(null);
      room.setCursor('');
    },
    move: ({ at }) => draw(at),
    click: ({ at }) => {
      if (done) {
        done = false;
        line = [];
      }
      line.push(at);
      draw(null);
    },
    doubleClick: end,
    key: (key) => {
      if (key === 'Enter') end();
      else {
        line.pop();
        draw(null);
      }
    },
  };
}
