import { Fragment, useEffect, useRef } from 'react';
import type { BatchInfo, BatchRow, Decision } from '../../../api/delivery.ts';
import type { Bbox } from '../../../model/geometry/types.ts';
import { useClasses } from '../../app/classes.ts';
import { MapSlot } from '../../app/MapSlot.tsx';
import { useSelection } from '../../app/stores/selection.ts';
import { Button } from '../../kit/Button.tsx';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { ClassSymbolMark } from '../../kit/Symbol.tsx';
import { mapCommands } from '../../map/MapPane.tsx';
import { useSketch, type Move } from '../../map/sketch.ts';
import { say, sayIf, useWords } from '../../words/index.ts';
import { BatchFoot } from './BatchFoot.tsx';
import { cellDoubt, cellName, cellValues, metres, reasonWords, weighedWords } from './batch-words.ts';
import { doubtWords } from './doubt-words.ts';
import { Decide, DiffValues } from './PileRow.tsx';
import { AllRepairs, CellRepair } from './Repairs.tsx';
import { textOf } from './values.ts';
import { useDecide } from './use-decide.ts';

/** The row that is looked at, on the map and cell by cell, and what becomes of the batch. */
export function BatchPanel({ batch, row }: { batch: BatchInfo; row: BatchRow | undefined }) {
  const { t } = useWords();
  useMoveOnMap(batch, row);
  return (
    <aside className="panel imp-side" aria-label={t('importing.side')}>
      <div className="imp-slot">
        <MapSlot />
      </div>
      <div className="scroll grow" tabIndex={0} role="region" aria-label={t('piles.rowDetail')}>
        {row !== undefined && <RowDetail batch={batch} row={row} />}
        <Warnings batch={batch} />
      </div>
      <BatchFoot batch={batch} />
    </aside>
  );
}

const LAYER = {
  component: 'component',
  'unit-grid': 'unit_grid',
  street: 'street',
  community: 'community',
  unit: null,
} as const;

/** From where it stands to where it was delivered; areas are selected where they lie. */
function useMoveOnMap(batch: BatchInfo, row: BatchRow | undefined): void {
  const { language } = useWords();
  const layer = LAYER[batch.as];
  // The row is a new object at every answer; it is drawn anew only when what is drawn has changed.
  const shown = useRef('');
  useEffect(() => {
    const key = row === undefined ? '' : JSON.stringify([row.id, row.from, row.to, language]);
    if (row === undefined || key === shown.current) return undefined;
    shown.current = key;
    const double = row.reason?.data['id'];
    if (typeof double === 'number') useSelection.getState().select('component', [double]);
    else useSelection.getState().clear();
    const points = [row.from, row.to].filter((at) => at !== null);
    const [a, b = a] = points;
    useSketch.getState().setMove(a === undefined ? null : moveOf(row));
    if (a === undefined || b === undefined) {
      if (layer !== null && row.featureId !== null)
        useSelection.getState().select(layer, [row.featureId], { zoom: true });
      return undefined;
    }
    const box: Bbox = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];
    requestAnimationFrame(() => mapCommands.zoomTo(box, { least: Math.max(LEAST_SHOWN, 6 * (row.moved ?? 0)) }));
    return undefined;
  }, [row, layer, language]);
}

function moveOf({ from, to, moved, className }: BatchRow): Move {
  const same = from !== null && to !== null && (moved === null || moved < SAME_PLACE);
  return {
    from: same ? null : from,
    to,
    className,
    fromLabel: say(to === null ? 'piles.map.gone' : 'piles.map.from'),
    toLabel:
      from === null
        ? say('piles.map.new')
        : same
          ? say('piles.map.same')
          : say('piles.map.to', { distance: metres(moved ?? 0) }),
  };
}
const SAME_PLACE = 0.001;
/** Metres shown at least around a place. */
const LEAST_SHOWN = 60;

function RowDetail({ batch, row }: { batch: BatchInfo; row: BatchRow }) {
  const { t } = useWords();
  const { wordOf } = useClasses();
  const compared = row.pile === 'changed';
  const name = wordOf(row.className) ?? row.classCode ?? t(`evidence.kind.${batch.as}`);
  const source =
    row.row > 0 ? ` · ${t('piles.source', { file: row.table === '' ? row.file : row.table, row: row.row })}` : '';
  return (
    <>
      <section className="sect">
        <div className="row g2">
          {row.classCode !== null && <ClassSymbolMark className={row.className} size={18} />}
          <h2 className="title cut">{name}</h2>
          <span className="code t2">{row.key ?? t('piles.noCode')}</span>
        </div>
        <p className="sm t2">
          {compared ? t('piles.differs', { count: row.cells.length }) : t(`piles.pileAbout.${row.pile}`)}
          {source}
        </p>
        {!compared && <RowDecision batch={batch} row={row} />}
      </section>
      <section className="sect">
        <RowCells batch={batch} row={row} />
        {compared && <RowDecision batch={batch} row={row} />}
      </section>
    </>
  );
}

/** Why a person should look at the row, and what can be done with it. */
function RowDecision({ batch, row }: { batch: BatchInfo; row: BatchRow }) {
  const { t, language } = useWords();
  const { decide, closed } = useDecide(batch);
  const why = reasonWords(row);
  const doubts = row.cells.flatMap((cell) => {
    const words = weighedWords(cell, language) ?? cellDoubt(cell);
    return words === null ? [] : [`${cellName(batch.as, cell.column, language)}${t('evidence.colon')}${words}`];
  });
  const all = why === null ? doubts : [why, ...doubts];
  const act = (decision: Decision) => decide([{ rows: [row.id] }], decision);
  return (
    <>
      {all.length > 0 && (
        <div className="note is-warning imp-why">
          <SeverityIcon severity="warning" size={16} />
          <p>
            {all.map((one) => (
              <span key={one} className="block">
                {one}
              </span>
            ))}
          </p>
        </div>
      )}
      {row.pile !== 'same' && !closed && !row.accepted && (
        <div className="row g2 imp-acts">
          <Button onClick={() => act('accept')}>{t(`piles.acceptOne.${row.pile}`)}</Button>
          <Button onClick={() => act('reject')}>{t(`piles.rejectOne.${row.pile}`)}</Button>
          <Button look="bare" onClick={() => act('pending')}>
            {t('piles.later')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Old and new cell by cell where they are compared, else what was delivered. */
function RowCells({ batch, row }: { batch: BatchInfo; row: BatchRow }) {
  const { t, language } = useWords();
  const { decide, closed } = useDecide(batch);
  const compared = row.pile === 'changed';
  return (
    <div className={compared ? 'diff-detail' : 'diff-detail is-plain'} role="table" aria-label={t('piles.rowDetail')}>
      {compared && (
        <div className="diff-detail-row is-head" role="row">
          <span role="columnheader">{t('piles.head.column')}</span>
          <span role="columnheader">{t('piles.head.was')}</span>
          <span role="columnheader">{t('piles.head.now')}</span>
          <span role="columnheader">{t('piles.head.decision')}</span>
        </div>
      )}
      {row.cells.map((cell) => (
        <Fragment key={cell.column}>
          <div className="diff-detail-row" role="row">
            <span role="rowheader" className="t3 cut" title={cellName(batch.as, cell.column, language)}>
              {cellName(batch.as, cell.column, language)}
            </span>
            {compared && <DiffValues row={row} cell={cell} role="cell" />}
            {compared && (
              <Decide
                decision={cell.decision}
                accepted={cell.accepted}
                closed={closed}
                role="cell"
                onDecide={(decision) => decide([{ rows: [row.id], column: cell.column }], decision)}
              />
            )}
            {!compared && (
              <span role="cell" className="grow">
                {valueOf(row, cell) ?? <span className="t3">{t('values.blank')}</span>}
              </span>
            )}
          </div>
          <CellRepair batch={batch} row={row} cell={cell} />
        </Fragment>
      ))}
    </div>
  );
}

/** A delivered value in the reader's language, as the list beside shows it; a place as its numbers. */
function valueOf(row: BatchRow, cell: BatchRow['cells'][number]): string | null {
  return cell.column === 'geom' && cell.now !== null ? String(cell.now) : cellValues(row, cell).now;
}

/** What the reading of the files left to say. */
function Warnings({ batch }: { batch: BatchInfo }) {
  const { t, language } = useWords();
  const { open, taken } = batch.repairs;
  if (batch.warnings.length === 0 && batch.rejectedTotal === 0 && open + taken === 0) return null;
  return (
    <section className="sect">
      <h3>
        {t('importing.problems.batch')}
        <span className="end">{batch.warnings.length}</span>
      </h3>
      <ul className="imp-problems">
        <AllRepairs batch={batch} />
        {batch.rejectedTotal > 0 && (
          <li>
            <SeverityIcon severity="error" label={t('values.severity.error')} />
            <span className="grow">
              <span>{t('piles.unreadable', { count: batch.rejectedTotal })}</span>
              <span className="xs t3">{t('piles.unreadableTodo')}</span>
            </span>
          </li>
        )}
        {batch.warnings.slice(0, MOST_WARNINGS).map((warning) => {
          const words = faultWords(warning, language);
          return (
            <li key={`${warning.code} ${warning.message}`}>
              <SeverityIcon severity={words.severity} label={t(`values.severity.${words.severity}`)} />
              <span className="grow">
                <span>{words.what}</span>
                {words.todo !== null && <span className="xs t3">{words.todo}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
const MOST_WARNINGS = 40;

/** Values a column could not take are counted by column; everything else is a doubt about a file. */
function faultWords(warning: BatchInfo['warnings'][number], language: 'zh' | 'en') {
  const counted = typeof warning.data['count'] === 'number' && typeof warning.data['row'] === 'number';
  const why = counted ? sayIf(`faults.cell.${warning.code}`) : null;
  const words = doubtWords(warning, language);
  if (why === null) return words;
  const column =
    typeof warning.data['column'] === 'string' ? cellName('component', warning.data['column'], language) : '';
  const data = {
    column,
    why,
    count: Number(warning.data['count']),
    file: textOf(warning.data['file']),
    row: Number(warning.data['row']),
  };
  return { ...words, what: sayIf('faults.cells', data) ?? words.what, todo: sayIf('faults.where', data) };
}
