import { useCallback } from 'react';
import type { BatchInfo, Decision, Pile } from '../../../api/delivery.ts';
import type { Input } from '../../../api/contract.ts';
import { useCommand, useEngine } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { refreshBatches } from './flow-actions.ts';
import type { PileFilter } from './use-batch-rows.ts';

export type Select = Input<'batch.decide'>['select'];

export function useDecide(batch: BatchInfo): {
  decide: (selects: readonly Select[], decision: Decision) => void;
  busy: boolean;
  closed: boolean;
} {
  const engine = useEngine();
  const { run, busy } = useCommand('batch.decide', { quiet: true });
  const decide = useCallback(
    (selects: readonly Select[], decision: Decision) => {
      withPerson(() => {
        void (async () => {
          for (const select of selects) await run({ id: batch.id, select, decision });
          refreshBatches(engine);
        })();
      });
    },
    [batch.id, engine, run],
  );
  return { decide, busy, closed: batch.state !== 'staged' && batch.state !== 'accepted' };
}

/** What "everything shown" means to the engine: a pile, class by class and column by column where those are ticked. */
export function selectsOf(pile: Pile, filter: Pick<PileFilter, 'classCode' | 'column'>): Select[] {
  const classes = filter.classCode.length === 0 ? [undefined] : filter.classCode;
  const columns = filter.column.length === 0 ? [undefined] : filter.column;
  return classes.flatMap((classCode) =>
    columns.map((column) => ({
      pile,
      ...(classCode === undefined ? {} : { classCode }),
      ...(column === undefined ? {} : { column }),
    })),
  );
}
