import type { SourceRow } from '../../formats/format.ts';
import type { CellValue } from '../../model/component.ts';
import { lineMidpoint, pointOnSurface } from '../../model/geometry/polygon.ts';
import type { Position, Shape } from '../../model/geometry/types.ts';
import type { ClassCatalogue } from './classes.ts';
import type { StagedFault } from '../../project/batches/rows.ts';
import type { Kind } from './kinds.ts';
import type { Derivation } from '../../model/derive.ts';
import { derivedField, fieldOf } from './derive.ts';
import { fillColumns, keepDelivered } from './fill-columns.ts';
import { finishClass } from './row-class.ts';
import { columnShape } from './survey.ts';

/** A row as it would enter the project: values by column, the rest in `extra`, its shape in the project CRS on the lattice. */
export interface Transformed {
  sourceRow: number;
  key: string | null;
  now: Record<string, CellValue>;
  extra: Record<string, string | null>;
  faults: StagedFault[];
  /** The line or area of a component, the polygon of an area kind; null for plain points and tables. */
  shape: Shape | null;
  at: Position | null;
  classCode: string | null;
  /** Why the row can enter no pile, or null. */
  refusal: { field: string | null; code: string } | null;
}

export interface TransformPlan {
  kind: Kind;
  mapping: { field: string; to: string | null }[];
  /** Columns filled by more or less than one field; rows come with the derived values. */
  derived?: readonly Derivation[];
  /** Delivered coordinates (in delivered order) to the project CRS; null when the CRS is not known. */
  toProject: ((at: Position) => Position) | null;
  scheme: string | null;
  classCode: string | null;
  catalogue: ClassCatalogue;
  confirmation: Record<string, string[]>;
  /** Fields whose codes a spreadsheet rounded before they became text. */
  rounded?: ReadonlySet<string>;
  /** Days of the workbook count from 1904. */
  date1904?: boolean | undefined;
}

const LATTICE = 10_000;
const onLattice = (value: number) => Math.round(value * LATTICE) / LATTICE;

/** Applies a plan to delivered rows. Pure but for the plan's own functions; never throws for bad values: they become faults. */
export function createTransform(plan: TransformPlan): (row: SourceRow) => Transformed {
  const derived = plan.derived ?? [];
  const to = fieldOf(plan.mapping, derived);
  const mapped = new Map(plan.mapping.map(({ field, to: column }) => [field, column]));
  for (const { to: column } of derived) mapped.set(derivedField(column), column);
  return (row) => {
    const out: Transformed = {
      sourceRow: row.row,
      key: null,
      now: {},
      extra: {},
      faults: (row.faults ?? []).map((fault) => ({ ...fault, column: mapped.get(fault.field ?? '') ?? null })),
      shape: null,
      at: null,
      classCode: null,
      refusal: null,
    };
    fillColumns(plan, mapped, row, out);
    keepHeights(row, out);
    if (plan.kind.as === 'component') finishClass(plan, row, out);
    placeRow(plan, to, row, out);
    finishKey(plan, out);
    keepDelivered(derived, mapped, row, out);
    return out;
  };
}

/** Z and M have no place in the layers; they stay with the row, as delivered. */
function keepHeights(row: SourceRow, out: Transformed): void {
  if (row.z !== undefined && row.z.length > 0) out.extra['Z'] = heights(row.z);
  if (row.m !== undefined && row.m.length > 0) out.extra['M'] = heights(row.m);
}

/** A position may have no height among others that have. */
const heights = (values: readonly number[]): string =>
  values.map((value) => (Number.isFinite(value) ? String(value) : '-')).join(' ');

/** Puts the row where it stands: its shape or its coordinate columns, in the project CRS, on the 0.1 mm lattice. */
function placeRow(plan: TransformPlan, to: (column: string) => string | null, row: SourceRow, out: Transformed): void {
  if (plan.kind.shape === 'none') return;
  const delivered = row.shape ?? columnShape(row, to);
  if (delivered === null) return;
  if (mapShape(delivered, (at) => at) === null) {
    out.faults.push({ field: null, code: 'bad-coordinates', column: 'geom' });
    return;
  }
  const project = plan.toProject;
  if (project === null) {
    out.faults.push({ field: null, code: 'crs-unknown', column: 'geom' });
    return;
  }
  const shape = mapShape(delivered, (at) => {
    const [x, y] = project(at);
    return [onLattice(x), onLattice(y)];
  });
  if (shape === null) {
    out.faults.push({ field: null, code: 'bad-coordinates', column: 'geom' });
    return;
  }
  if (plan.kind.shape === 'polygon') {
    if (shape.type === 'MultiPolygon') out.shape = shape;
    else out.faults.push({ field: null, code: 'not-a-polygon', column: 'geom' });
    return;
  }
  out.at = identifyingPoint(shape);
  if (shape.type === 'MultiLineString' || shape.type === 'MultiPolygon') out.shape = shape;
}

/** A point itself, a line's midpoint, a point on an area's surface; the first of several points. */
function identifyingPoint(shape: Shape): Position | null {
  switch (shape.type) {
    case 'Point':
      return shape.coordinates;
    case 'MultiPoint':
      return shape.coordinates[0] ?? null;
    case 'MultiLineString':
      return latticed(lineMidpoint(shape));
    case 'MultiPolygon':
      return latticed(pointOnSurface(shape));
  }
}

function latticed(at: Position | null): Position | null {
  return at === null ? null : [onLattice(at[0]), onLattice(at[1])];
}

/** The shape with every position mapped; null as soon as one is not finite. */
function mapShape(shape: Shape, map: (at: Position) => Position): Shape | null {
  let finite = true;
  const one = (at: Position): Position => {
    const mapped = map(at);
    if (!Number.isFinite(mapped[0]) || !Number.isFinite(mapped[1])) finite = false;
    return mapped;
  };
  const mapped = ((): Shape => {
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
  })();
  return finite ? mapped : null;
}

/** Identity of the row, and whether it can enter a pile at all: it needs a code or a place (areas both, units a name). */
function finishKey(plan: TransformPlan, out: Transformed): void {
  const key = out.now[plan.kind.key];
  out.key = typeof key === 'string' && key !== '' ? key : null;
  if (plan.kind.as === 'component') {
    if (out.key === null && out.at === null) out.refusal = { field: null, code: 'no-code-no-place' };
    return;
  }
  if (out.key === null) out.refusal = { field: null, code: plan.kind.as === 'unit' ? 'no-name' : 'no-code' };
  else if (plan.kind.shape === 'polygon' && out.shape === null) out.refusal = { field: null, code: 'no-geometry' };
}
