import { useEffect } from 'react';
import { action, useActions } from '../../app/actions.ts';
import { useCommand } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { useSelection } from '../../app/stores/selection.ts';

/** Del takes the selected components out of service: a state, never a deletion, and undoable. */
export function useRetire(): void {
  const { run } = useCommand('component.retire');
  useEffect(
    () =>
      useActions.getState().add([
        action({
          id: 'retire',
          key: 'Delete',
          words: 'components.retire',
          group: 'table',
          disabledBecause: () => {
            const { layer, ids } = useSelection.getState();
            return layer === 'component' && ids.length > 0 ? null : 'components.nothingSelected';
          },
          perform: () => {
            const { ids } = useSelection.getState();
            withPerson(() => void run({ ids: [...ids] }));
          },
        }),
      ]),
    [run],
  );
}
