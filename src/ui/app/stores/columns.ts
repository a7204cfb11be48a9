import { create } from 'zustand';

interface Columns {
  /** Shown in the table, in this order. */
  shown: readonly string[];
  widths: Readonly<Record<string, number>>;
  setShown: (shown: readonly string[]) => void;
  setWidth: (column: string, width: number) => void;
  reset: () => void;
}

const USUAL_COLUMNS: readonly string[] = [
  'name',
  'supervisor_id',
  'owner_id',
  'maintainer_id',
  'state',
  'changed_on',
  'responsible_id',
  'address',
];
const KEPT = 'gewu.columns';

function remembered(): Pick<Columns, 'shown' | 'widths'> {
  const kept = JSON.parse(globalThis.localStorage?.getItem(KEPT) ?? '{}') as Partial<Pick<Columns, 'shown' | 'widths'>>;
  return {
    shown: Array.isArray(kept.shown) && kept.shown.length > 0 ? kept.shown : USUAL_COLUMNS,
    widths: kept.widths ?? {},
  };
}

export const useColumns = create<Columns>()((set) => ({
  ...remembered(),
  setShown: (shown) => set({ shown: [...shown] }),
  setWidth: (column, width) => set((now) => ({ widths: { ...now.widths, [column]: Math.round(width) } })),
  reset: () => set({ shown: USUAL_COLUMNS, widths: {} }),
}));

useColumns.subscribe(({ shown, widths }) => {
  globalThis.localStorage?.setItem(KEPT, JSON.stringify({ shown, widths }));
});
