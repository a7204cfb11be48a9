import { create } from 'zustand';
import type { CellValue } from '../../../model/component.ts';
import type { Filter } from '../../../model/filter.ts';
import type { WordKey, Values } from '../../words/index.ts';

/** One removable chip. */
export type Condition =
  /** One of the values; null stands for blank. `names` are what a person reads, in the same order. */
  | { kind: 'values'; column: string; values: readonly CellValue[]; names: readonly string[] }
  | { kind: 'compare'; column: string; op: '=' | '!=' | '<' | '<=' | '>' | '>='; value: string | number }
  /** The column's text contains it. */
  | { kind: 'contains'; column: string; value: string }
  | { kind: 'box'; bbox: [number, number, number, number] }
  | { kind: 'ids'; ids: number[] }
  /** A ready filter behind a door elsewhere ('no owner', a figure of a report) and the words for its chip. */
  | { kind: 'door'; id: string; words: WordKey; values?: Values; filter: Filter };

interface FilterState {
  conditions: readonly Condition[];
  /** Found anywhere in code, name, address or a unit's name. */
  text: string;
  /** Whole filter anew, as doors do. */
  replace: (conditions: readonly Condition[], text?: string) => void;
  /** Puts one in place of the condition of the same kind and column. */
  put: (condition: Condition) => void;
  remove: (condition: Condition) => void;
  /** Adds or takes away one value of a column's list. */
  toggleValue: (column: string, value: CellValue, name: string) => void;
  setText: (text: string) => void;
  clear: () => void;
}

type ListCondition = Extract<Condition, { kind: 'values' }>;

/** Conditions with the same key replace one another. */
export function conditionKey(condition: Condition): string {
  if (condition.kind === 'box' || condition.kind === 'ids') return condition.kind;
  if (condition.kind === 'door') return `door:${condition.id}`;
  if (condition.kind === 'compare') return `compare:${condition.column}:${condition.op}`;
  return `${condition.kind}:${condition.column}`;
}

function filterOf(condition: Condition): Filter {
  switch (condition.kind) {
    case 'values':
      return { op: 'in', column: condition.column, values: [...condition.values] };
    case 'compare':
      return { op: condition.op, column: condition.column, value: condition.value };
    case 'contains':
      return { op: 'like', column: condition.column, value: `%${condition.value}%` };
    case 'box':
      return { op: 'box', bbox: condition.bbox };
    case 'ids':
      return { op: 'ids', ids: condition.ids };
    case 'door':
      return condition.filter;
  }
}

/** The one filter of map, table and counts; null when nothing is filtered. */
export function toFilter(state: Pick<FilterState, 'conditions' | 'text'>): Filter | null {
  const parts = state.conditions.map(filterOf);
  const text = state.text.trim();
  if (text !== '') parts.push({ op: 'like', column: 'text', value: `%${text}%` });
  const [first] = parts;
  if (first === undefined) return null;
  return parts.length === 1 ? first : { op: 'and', of: parts };
}

export const useFilter = create<FilterState>()((set) => ({
  conditions: [],
  text: '',
  replace: (conditions, text = '') => set({ conditions: [...conditions], text }),
  put: (condition) => set((now) => ({ conditions: withCondition(now.conditions, condition) })),
  remove: (condition) =>
    set((now) => ({ conditions: now.conditions.filter((one) => conditionKey(one) !== conditionKey(condition)) })),
  toggleValue: (column, value, name) => set((now) => ({ conditions: toggled(now.conditions, column, value, name) })),
  setText: (text) => set({ text }),
  clear: () => set({ conditions: [], text: '' }),
}));

function withCondition(conditions: readonly Condition[], next: Condition): Condition[] {
  const key = conditionKey(next);
  const at = conditions.findIndex((one) => conditionKey(one) === key);
  return at < 0 ? [...conditions, next] : conditions.with(at, next);
}

function toggled(conditions: readonly Condition[], column: string, value: CellValue, name: string): Condition[] {
  const found = conditions.find((one) => one.kind === 'values' && one.column === column);
  const had: Pick<ListCondition, 'values' | 'names'> = found?.kind === 'values' ? found : { values: [], names: [] };
  const at = had.values.indexOf(value);
  const values = at < 0 ? [...had.values, value] : had.values.toSpliced(at, 1);
  const names = at < 0 ? [...had.names, name] : had.names.toSpliced(at, 1);
  if (values.length === 0) return conditions.filter((one) => one !== found);
  return withCondition(conditions, { kind: 'values', column, values, names });
}

/** The values ticked for a column. */
export function tickedValues(conditions: readonly Condition[], column: string): readonly CellValue[] {
  const found = conditions.find((one) => one.kind === 'values' && one.column === column);
  return found?.kind === 'values' ? found.values : [];
}
