import { useEffect, useState } from 'react';
import type { BatchInfo, BatchText, ReadAnew, Reencoded } from '../../../api/delivery.ts';
import { useEngine, useJob } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { useToasts } from '../../app/stores/toasts.ts';
import { tellFailure } from '../../app/tell.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { useWords } from '../../words/index.ts';
import { useChangeNames } from '../history/names.ts';
import { sameReading } from './EncodingTable.tsx';
import { openBatch, refreshBatches } from './flow-actions.ts';
import { targetName } from './targets.ts';

interface EncodingOutcomeProps {
  batch: BatchInfo;
  text: BatchText;
  encoding: string;
  onClose: () => void;
}

/** What reading it so would change, counted by doing it and taking it back; then the button that does it. */
export function EncodingOutcome({ batch, text, encoding, onClose }: EncodingOutcomeProps) {
  const { t } = useWords();
  const engine = useEngine();
  const look = useLook(batch, text, encoding);
  const { run, busy } = useJob('batch.reencode');
  const same = sameReading(text.encoding, encoding);
  const apply = () =>
    withPerson(() => {
      void run({ id: batch.id, encoding, file: text.file }).then((done) => {
        if (done === null) return;
        refreshBatches(engine);
        if (done.batch.id !== batch.id) openBatch(done.batch.id);
        const said = t('encoding.done', { encoding, name: batch.name, cells: done.cells });
        useToasts.getState().show({ tone: 'done', text: said });
        onClose();
      }, tellFailure);
    });
  const nothing = look.told !== null && look.told.cells === 0 && look.told.rows === 0;
  const because = same ? t('encoding.same') : look.told === null ? t('encoding.counting') : null;
  return (
    <>
      <div className="enc-outcome" role="status" aria-busy={look.busy}>
        {same && <p className="sm t3">{t('encoding.same')}</p>}
        {look.error !== null && <ErrorNote error={look.error} />}
        {look.busy && <p className="sm t3">{t('encoding.counting')}</p>}
        {look.told !== null && <Told batch={batch} told={look.told} />}
      </div>
      <div className="form-foot">
        <Button
          look="main"
          busy={busy}
          disabledBecause={because ?? (nothing ? t('encoding.nothing') : null)}
          onClick={apply}
        >
          {t('encoding.apply', { encoding })}
        </Button>
        <span className="sm t3">{batch.state === 'accepted' ? t('encoding.undoable') : ''}</span>
        <Button look="bare" className="end" onClick={onClose}>
          {t('frame.cancel')}
        </Button>
      </div>
    </>
  );
}

/** A dry run for every other encoding than the one in use. */
function useLook(batch: BatchInfo, text: BatchText, encoding: string) {
  const { run, busy, error } = useJob('batch.reencode', { quiet: true });
  const [told, setTold] = useState<Reencoded | null>(null);
  const same = sameReading(text.encoding, encoding);
  useEffect(() => {
    if (same) return undefined;
    let here = true;
    void run({ id: batch.id, encoding, file: text.file, dryRun: true }).then((found) => {
      if (here) setTold(found);
    });
    return () => {
      here = false;
    };
  }, [run, same, batch.id, encoding, text.file]);
  return { told, busy, error };
}

function Told({ batch, told }: { batch: BatchInfo; told: Reencoded }) {
  const { t } = useWords();
  const any = told.rows > 0 || told.cells > 0;
  return (
    <>
      <p className="sm">
        {any ? t('encoding.changes', { rows: told.rows, cells: told.cells }) : t('encoding.nothing')}
      </p>
      {batch.state === 'staged' && any && <p className="sm t2">{t('encoding.staged')}</p>}
      {told.undecodable > 0 && (
        <p className="note is-warning">
          <SeverityIcon severity="warning" size={16} />
          <span>{t('encoding.broken', { count: told.undecodable })}</span>
        </p>
      )}
      {told.samples.length > 0 && <Cells batch={batch} cells={told.samples} about={t('encoding.title')} />}
      {told.keptTotal > 0 && (
        <>
          <p className="sm strong">{t('encoding.kept', { count: told.keptTotal })}</p>
          <Cells batch={batch} cells={told.kept} about={t('encoding.keptHead')} />
          {told.keptTotal > told.kept.length && (
            <p className="sm t3">{t('encoding.more', { count: told.keptTotal - told.kept.length })}</p>
          )}
        </>
      )}
    </>
  );
}

type Cell = ReadAnew & { held?: ReadAnew['was'] };

function Cells({ batch, cells, about }: { batch: BatchInfo; cells: readonly Cell[]; about: string }) {
  const { t, language } = useWords();
  const { valueOf } = useChangeNames(NOBODY);
  const kept = cells.some((cell) => cell.held !== undefined);
  const nameOf = (column: string) =>
    column.startsWith(EXTRA) ? column.slice(EXTRA.length) : targetName(batch.as, column, language);
  const blank = t('values.blank');
  return (
    <div className="scroll clashes is-inset enc-cells" tabIndex={0} role="region" aria-label={about}>
      <table className="sheet-table">
        <thead>
          <tr>
            <th scope="col">{t('encoding.where')}</th>
            <th scope="col">{t('encoding.column')}</th>
            <th scope="col">{t('encoding.was')}</th>
            <th scope="col">{t('encoding.now')}</th>
            {kept && <th scope="col">{t('encoding.held')}</th>}
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={`${cell.file} ${cell.row} ${cell.column}`}>
              <td className="t3">{`${cell.file} ${cell.row}`}</td>
              <td>{nameOf(cell.column)}</td>
              <td>{valueOf(cell.column, cell.was) ?? blank}</td>
              <td>{valueOf(cell.column, cell.now) ?? blank}</td>
              {kept && <td>{valueOf(cell.column, cell.held ?? null) ?? blank}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const EXTRA = 'extra.';
const NOBODY: readonly { layer: string; id: number }[] = [];
