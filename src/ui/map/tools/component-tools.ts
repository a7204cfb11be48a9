import Feature from 'ol/Feature.js';
import LineString from 'ol/geom/LineString.js';
import Point from 'ol/geom/Point.js';
import type { Client } from '../../../api/client.ts';
import type { Position } from '../../../model/geometry/types.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useTool } from '../../app/stores/tool.ts';
import { tellFailure } from '../../app/tell.ts';
import { say as translate } from '../../words/index.ts';
import { lengthText } from '../scale.ts';
import type { MapTool, ToolRoom } from './tool.ts';

const LATTICE = 10_000;
const onLattice = ([x, y]: Position): Position => [
  Math.round(x * LATTICE) / LATTICE,
  Math.round(y * LATTICE) / LATTICE,
];

/** Asks at most once at a time where a component would stand, and forgets answers the pointer has left behind. */
function placeAsker(client: Client, ask: { scheme?: string; classCode?: string }) {
  let running = false;
  let next: Position | null = null;
  return async function place(at: Position, show: (text: string) => void): Promise<void> {
    next = at;
    if (running) return;
    running = true;
    try {
      while (next !== null) {
        const now: Position = next;
        next = null;
        const found = await client.call('component.place', { at: now, ...ask });
        const where = found.gridCode ?? translate('map.noGrid');
        const parts = [where, found.communityName, found.nextCode === null ? null : `→ ${found.nextCode}`];
        show(parts.filter((part) => part !== null).join(' · '));
      }
    } finally {
      running = false;
    }
  };
}

/** Class first, then a click: the new component gets its grid, street, community and code from where it stands. */
export function addTool(room: ToolRoom, scheme: string, classCode: string): MapTool {
  const place = placeAsker(room.client, { scheme, classCode });
  return {
    enter: () => room.setCursor('crosshair'),
    exit: () => {
      room.sheet.clear();
      room.say(null);
      room.setCursor('');
    },
    move: ({ at }) => {
      room.sheet.clear();
      room.sheet.addFeature(new Feature({ geometry: new Point(at), role: 'new' }));
      void place(at, (text) => room.say({ at, tone: 'plain', text })).catch(tellFailure);
    },
    click: ({ at, shift }) => {
      void add(room, scheme, classCode, onLattice(at), shift);
    },
  };
}

/** With Shift the tool stays in hand for the next one. */
async function add(room: ToolRoom, scheme: string, classCode: string, at: Position, again: boolean): Promise<void> {
  try {
    const made = await room.client.call('component.add', { scheme, classCode, at });
    useSelection.getState().select('component', [made.id]);
    if (!again) useTool.getState().setTool({ id: 'select' });
  } catch (error) {
    tellFailure(error);
  }
}

/** Drags one component; where it would stand and how far it goes are said while it moves. */
export function moveTool(room: ToolRoom, id: number): MapTool {
  let from: Position | null = null;
  let dragging = false;
  const place = placeAsker(room.client, {});
  const draw = (to: Position) => {
    room.sheet.clear();
    if (from === null) return;
    room.sheet.addFeature(new Feature({ geometry: new LineString([from, to]), role: 'path' }));
    room.sheet.addFeature(new Feature({ geometry: new Point(from), role: 'old' }));
    room.sheet.addFeature(new Feature({ geometry: new Point(to), role: 'new' }));
  };
  return {
    enter: () => {
      room.setCursor('move');
      void room.client.call('component.get', { id }).then((detail) => {
        from = detail.at;
        if (from !== null) draw(from);
      }, tellFailure);
    },
    exit: () => {
      dragging = false;
      room.points.hide([]);
      room.sheet.clear();
      room.say(null);
      room.setCursor('');
    },
    down: ({ at }) => {
      if (from === null || Math.hypot(at[0] - from[0], at[1] - from[1]) > 16 * room.resolution()) return false;
      dragging = true;
      room.points.hide([id]);
      return true;
    },
    drag: ({ at }) => {
      if (!dragging || from === null) return;
      draw(at);
      const moved = lengthText(Math.hypot(at[0] - from[0], at[1] - from[1]));
      void place(at, (text) => room.say({ at, tone: 'plain', text: `${moved} · ${text}` })).catch(tellFailure);
    },
    up: ({ at }) => {
      if (!dragging || from === null) return;
      dragging = false;
      void move(room, id, from, onLattice(at));
    },
  };
}

async function move(room: ToolRoom, id: number, was: Position, to: Position): Promise<void> {
  try {
    await room.client.call('component.move', { id, to, was });
  } catch (error) {
    tellFailure(error);
  }
  useTool.getState().setTool({ id: 'select' });
}
