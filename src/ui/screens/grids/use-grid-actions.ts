import { useEffect, type RefObject } from 'react';
import { action, useActions } from '../../app/actions.ts';
import { useGridEdit } from '../../app/stores/grid-edit.ts';

/** Keys of the screen: T, M and F as elsewhere; Esc lets go of what is dragged, then puts the last edit aside, then does what it always does. */
export function useGridActions(below: RefObject<HTMLElement | null>): void {
  useEffect(
    () =>
      useActions.getState().add([
        action({
          id: 'table',
          key: 'T',
          words: 'components.focusTable',
          group: 'table',
          perform: () => below.current?.querySelector<HTMLElement>('[data-grid]')?.focus(),
        }),
        action({
          id: 'filter',
          key: 'F',
          words: 'grids.focusFind',
          group: 'table',
          perform: () => below.current?.querySelector<HTMLElement>('input[type=search]')?.focus(),
        }),
        action({
          id: 'map',
          key: 'M',
          words: 'components.focusMap',
          group: 'map',
          perform: () => document.querySelector<HTMLElement>('.map [tabindex="0"]')?.focus(),
        }),
        action({
          id: 'grids.leave',
          key: 'Escape',
          words: 'grids.leave',
          group: 'map',
          available: () => useGridEdit.getState().done !== null,
          perform: () => useGridEdit.getState().putAside(),
        }),
        action({
          id: 'grids.stop',
          key: 'Escape',
          words: 'grids.stop',
          group: 'map',
          available: () => useGridEdit.getState().stop !== null,
          perform: () => useGridEdit.getState().stop?.(),
        }),
      ]),
    [below],
  );
}
