import { COMPONENT_COLUMNS, UNIT_GRID_COLUMNS, type Column } from '../../model/component.ts';
import type { Filter } from '../../model/filter.ts';
import { ProjectError } from '../error.ts';
import { boxCondition } from './filter-box.ts';
import { compare, joined, negated, type CompiledFilter, type Condition } from './filter-compare.ts';
import { PSEUDO, type PseudoColumn } from './filter-pseudo.ts';
import { idsParameter, type FilterLayer, type Reader } from './reader.ts';

export type { CompiledFilter } from './filter-compare.ts';

const ID: Column = { name: 'id', kind: 'id', zh: '编号', en: 'Id', editable: false };
const COLUMNS: Record<FilterLayer, ReadonlyMap<string, Column>> = {
  component: new Map([ID, ...COMPONENT_COLUMNS].map((column) => [column.name, column])),
  unit_grid: new Map([ID, ...UNIT_GRID_COLUMNS].map((column) => [column.name, column])),
};
/** Deeper nesting than a person or the grammar ever makes; SQLite itself gives up at 1000. */
const MAX_DEPTH = 60;

/** Columns of a layer that hold numbers; everything else is text. */
export function isNumeric(layer: FilterLayer, column: string): boolean {
  const kind = COLUMNS[layer].get(column)?.kind;
  return kind === 'unit' || kind === 'id' || column === 'area_m2';
}

/** The column's definition, or null where the layer has none of that name. */
export function columnOf(layer: FilterLayer, name: string): Column | null {
  return COLUMNS[layer].get(name) ?? null;
}

/** Names one may filter a layer by, pseudo columns last. */
function filterColumns(layer: FilterLayer): string[] {
  return [...COLUMNS[layer].keys(), ...Object.keys(PSEUDO[layer])];
}

export function unknownColumn(
  layer: FilterLayer,
  column: string,
  known: string[] = filterColumns(layer),
): ProjectError {
  return new ProjectError(
    'unknown-column',
    `There is no column "${column}" in ${layer}; known are ${known.join(', ')}.`,
    {
      column,
      layer,
      known,
    },
  );
}

/**
 * The filter as a condition on `t`. Every value is a bound parameter and every column one of the layer's own, so no text of the filter
 * ever becomes SQL. `null` passes everything.
 * @throws ProjectError 'unknown-column' {column, layer, known}; 'input' for an operator a pseudo column does not have, or too deep a nesting
 */
export function compileFilter(reader: Reader, layer: FilterLayer, filter: Filter | null): CompiledFilter {
  return filter === null ? { sql: '1', params: [] } : compile(reader, layer, filter, 0);
}

function compile(reader: Reader, layer: FilterLayer, filter: Filter, depth: number): CompiledFilter {
  if (depth > MAX_DEPTH) {
    throw new ProjectError('input', `The filter is nested more than ${MAX_DEPTH} deep; write it flatter.`, {
      reason: 'filter-deep',
      depth: MAX_DEPTH,
    });
  }
  switch (filter.op) {
    case 'and':
    case 'or':
      return joined(
        filter.of.map((part) => compile(reader, layer, part, depth + 1)),
        filter.op,
      );
    case 'not':
      return negated(compile(reader, layer, filter.of, depth + 1));
    case 'ids':
      return { sql: `t.id IN (SELECT value FROM json_each(?))`, params: [idsParameter(filter.ids)] };
    case 'box':
      return boxCondition(reader.db, layer, filter.bbox);
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'like':
    case 'in':
    case 'empty':
      return onColumn(reader, layer, filter);
  }
}

function onColumn(reader: Reader, layer: FilterLayer, condition: Condition): CompiledFilter {
  const own: Readonly<Record<string, PseudoColumn>> = PSEUDO[layer];
  const pseudo = Object.hasOwn(own, condition.column) ? own[condition.column] : undefined;
  if (pseudo !== undefined) return pseudo(condition, reader);
  const column = columnOf(layer, condition.column);
  if (column === null) throw unknownColumn(layer, condition.column);
  return compare(`t."${column.name}"`, isNumeric(layer, column.name), condition);
}
