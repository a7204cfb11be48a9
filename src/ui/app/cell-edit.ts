import { useCallback } from 'react';
import type { TableRow } from '../../api/component.ts';
import type { CellValue } from '../../model/component.ts';
import { useCommand } from './engine.ts';
import { withPerson } from './project.ts';

/** Writes one cell as one revision; nothing happens when the value is what it was. A value somebody else changed meanwhile is refused and told. */
export function useCellEdit(layer: 'component' | 'grid'): (row: TableRow, column: string, value: CellValue) => void {
  const components = useCommand('component.update');
  const grids = useCommand('grid.update');
  const run = layer === 'component' ? components.run : grids.run;
  return useCallback(
    (row, column, value) => {
      const was = row.cells[column] ?? null;
      if (was === value) return;
      const change = { id: row.id, set: { [column]: value }, was: { [column]: was } };
      withPerson(() => void run({ changes: [change] }));
    },
    [run],
  );
}
