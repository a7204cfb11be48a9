import { create } from 'zustand';
import type { Output } from '../../../api/contract.ts';
import type { Filter, Sort } from '../../../model/filter.ts';

export type GridStatus = 'active' | 'retired';
/** What stands under the map. */
export type GridList = 'table' | 'moved' | 'faults';
export type Faults = Output<'grid.faults'>;

/** A street or community as a condition: what is asked for and what is read. */
export interface Place {
  code: string;
  name: string;
}

interface GridDesk {
  list: GridList;
  status: GridStatus | null;
  street: Place | null;
  community: Place | null;
  text: string;
  sort: readonly Sort[];
  /** The latest check of the tiling, and the revision it was made of. */
  faults: { found: Faults; revision: number } | null;
  set: (part: Partial<Omit<GridDesk, 'set'>>) => void;
}

/** Conditions and order of the table of grids; of this screen alone, since the one filter is about components. */
export const useGridDesk = create<GridDesk>()((set) => ({
  list: 'table',
  status: 'active',
  street: null,
  community: null,
  text: '',
  sort: [{ column: 'code', descending: false }],
  faults: null,
  set: (part) => set(part),
}));

export const NO_CONDITIONS = { status: null, street: null, community: null, text: '' } as const;

type Conditions = Pick<GridDesk, 'status' | 'street' | 'community' | 'text'>;

/** The conditions as one filter; null for every grid there is. */
export function gridFilter({ status, street, community, text }: Conditions): Filter | null {
  const parts: Filter[] = [];
  if (status === 'retired') parts.push({ op: '=', column: 'status', value: 'retired' });
  if (status === 'active') parts.push({ op: '!=', column: 'status', value: 'retired' });
  if (street !== null) parts.push({ op: '=', column: 'street_code', value: street.code });
  if (community !== null) parts.push({ op: '=', column: 'community_code', value: community.code });
  const typed = text.trim();
  if (typed !== '') parts.push({ op: '=', column: 'text', value: typed });
  const [first] = parts;
  if (first === undefined) return null;
  return parts.length === 1 ? first : { op: 'and', of: parts };
}

export const isFiltered = ({ status, street, community, text }: Conditions): boolean =>
  status !== null || street !== null || community !== null || text.trim() !== '';
