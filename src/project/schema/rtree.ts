import { LAYERS } from './layers.ts';
import { quoted, type TableDef } from './table.ts';

export function rtreeName(layer: string, geom = 'geom'): string {
  return `rtree_${layer}_${geom}`;
}

export function rtreeSql(layer: string, geom = 'geom'): string {
  return `CREATE VIRTUAL TABLE ${quoted(rtreeName(layer, geom))} USING rtree(id, minx, maxx, miny, maxy)`;
}

/**
 * The triggers of GeoPackage 1.3's R-tree extension (annex F.3, requirement 75), by name. The text is kept exactly as stored, because
 * opening compares it. Version 1.4's set is refused by GDAL 3.6.2's validator, which looks for update1 to update4.
 */
export function rtreeTriggers(layer: string, geom = 'geom', id = 'id'): Map<string, string> {
  const tree = rtreeName(layer, geom);
  const [t, r, g, i] = [quoted(layer), quoted(tree), quoted(geom), quoted(id)];
  const put = `INSERT OR REPLACE INTO ${r} VALUES (NEW.${i},ST_MinX(NEW.${g}), ST_MaxX(NEW.${g}),ST_MinY(NEW.${g}), ST_MaxY(NEW.${g}));`;
  const filled = `(NEW.${g} NOTNULL AND NOT ST_IsEmpty(NEW.${g}))`;
  const blank = `(NEW.${g} ISNULL OR ST_IsEmpty(NEW.${g}))`;
  const drop = `DELETE FROM ${r} WHERE id = OLD.${i};`;
  const triggers: [string, string][] = [
    ['insert', `AFTER INSERT ON ${t} WHEN (new.${g} NOT NULL AND NOT ST_IsEmpty(NEW.${g})) BEGIN ${put} END`],
    ['update1', `AFTER UPDATE OF ${g} ON ${t} WHEN OLD.${i} = NEW.${i} AND ${filled} BEGIN ${put} END`],
    ['update2', `AFTER UPDATE OF ${g} ON ${t} WHEN OLD.${i} = NEW.${i} AND ${blank} BEGIN ${drop} END`],
    ['update3', `AFTER UPDATE ON ${t} WHEN OLD.${i} != NEW.${i} AND ${filled} BEGIN ${drop} ${put} END`],
    [
      'update4',
      `AFTER UPDATE ON ${t} WHEN OLD.${i} != NEW.${i} AND ${blank} BEGIN DELETE FROM ${r} WHERE id IN (OLD.${i}, NEW.${i}); END`,
    ],
    ['delete', `AFTER DELETE ON ${t} WHEN old.${g} NOT NULL BEGIN ${drop} END`],
  ];
  return new Map(
    triggers.map(([name, body]) => [`${tree}_${name}`, `CREATE TRIGGER ${quoted(`${tree}_${name}`)} ${body}`]),
  );
}

/** Every R-tree trigger of the file by name, with its text. */
export function allRtreeTriggers(layers: readonly TableDef[] = LAYERS): Map<string, string> {
  return new Map(layers.flatMap((layer) => [...rtreeTriggers(layer.name)]));
}
