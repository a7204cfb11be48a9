import type { BatchCell, BatchInfo, BatchRow } from '../../../api/delivery.ts';
import { useCommand, useEngine } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { Button } from '../../kit/Button.tsx';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { useWords } from '../../words/index.ts';
import { refreshBatches } from './flow-actions.ts';

/** Takes proposed names over into staged cells, or back out of them. */
function useRepair(batch: BatchInfo) {
  const engine = useEngine();
  const { run, busy } = useCommand('batch.repair', { quiet: true });
  const repair = (select: { rows?: number[]; column?: string }, take: boolean) =>
    withPerson(() => {
      void run({ id: batch.id, ...select, take }).then(() => refreshBatches(engine));
    });
  return { repair, busy, closed: batch.state !== 'staged' && batch.state !== 'accepted' };
}

/** The whole name a cut text may have been, with where it is known from; a person takes it or leaves it. */
export function CellRepair({ batch, row, cell }: { batch: BatchInfo; row: BatchRow; cell: BatchCell }) {
  const { t } = useWords();
  const { repair, busy, closed } = useRepair(batch);
  if (cell.repair === null) return null;
  const { to, why, taken } = cell.repair;
  const about = t(`piles.repair.why.${why}`);
  return (
    <div className="cell-repair" role="row">
      <span role="cell" className="grow">
        {t(taken ? 'piles.repair.taken' : 'piles.repair.proposed', { to, about })}
      </span>
      {!closed && !cell.accepted && (
        <span role="cell">
          <Button small busy={busy} onClick={() => repair({ rows: [row.id], column: cell.column }, !taken)}>
            {t(taken ? 'piles.repair.putBack' : 'piles.repair.take')}
          </Button>
        </span>
      )}
    </div>
  );
}

/** All proposals of a delivery at once. */
export function AllRepairs({ batch }: { batch: BatchInfo }) {
  const { t } = useWords();
  const { repair, busy, closed } = useRepair(batch);
  const { open, taken } = batch.repairs;
  if (closed || open + taken === 0) return null;
  return (
    <li>
      <SeverityIcon severity="info" label={t('values.severity.info')} />
      <span className="grow">
        <span>{t('piles.repair.all', { count: open + taken })}</span>
        {taken > 0 && <span className="xs t3">{t('piles.repair.allTaken', { count: taken })}</span>}
      </span>
      {open > 0 && (
        <Button small busy={busy} onClick={() => repair({}, true)}>
          {t('piles.repair.takeAll')}
        </Button>
      )}
      {open === 0 && (
        <Button small look="bare" busy={busy} onClick={() => repair({}, false)}>
          {t('piles.repair.putBackAll')}
        </Button>
      )}
    </li>
  );
}
