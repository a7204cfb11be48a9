import { IconCheck, IconX } from '@tabler/icons-react';
import type { BatchCell, BatchRow, Decision, ImportAs, Pile } from '../../../api/delivery.ts';
import { useClasses } from '../../app/classes.ts';
import { ClassSymbolMark } from '../../kit/Symbol.tsx';
import { useWords } from '../../words/index.ts';
import { cellDoubt, cellName, cellValues, reasonWords, rowGist, weighedWords } from './batch-words.ts';

interface PileRowProps {
  measure: (element: HTMLElement | null) => void;
  index: number;
  top: number;
  /** Undefined while it is on its way. */
  row: BatchRow | undefined;
  as: ImportAs;
  pile: Pile;
  selected: boolean;
  /** The cell that has the keyboard, null for the whole row. */
  cell: number | null;
  ticked: boolean;
  closed: boolean;
  onTick: (id: number) => void;
  onDecide: (id: number, column: string | null, decision: Decision) => void;
}

/** One delivered row: a line a cell where it is compared, else one line. */
export function PileRow(props: PileRowProps) {
  const { measure, index, top, row, pile, selected, ticked } = props;
  const { t } = useWords();
  if (row === undefined) {
    return (
      <div
        ref={measure}
        data-index={index}
        className="diff-row is-waiting"
        role="row"
        style={{ transform: `translateY(${top}px)` }}
      >
        <span
          role="gridcell"
          aria-label={t('frame.loading')}
          className="g-bar"
          style={{ inlineSize: `${34 + ((index * 7) % 30)}%` }}
        />
      </div>
    );
  }
  return (
    <div
      ref={measure}
      data-index={index}
      id={`row-${row.id}`}
      className={selected ? 'diff-row is-sel' : 'diff-row'}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className="diff-tick">
        <input
          type="checkbox"
          className="ck"
          tabIndex={-1}
          checked={ticked}
          aria-label={t('piles.tickRow', { key: row.key ?? String(row.row) })}
          onChange={() => props.onTick(row.id)}
        />
      </span>
      <span role="gridcell" className="code diff-code">
        {row.key ?? <span className="t3">{t('piles.noCode')}</span>}
      </span>
      {pile === 'changed' ? <Cells {...props} row={row} /> : <OneLine {...props} row={row} />}
    </div>
  );
}

function Cells({ row, as, cell: active, closed, onDecide }: PileRowProps & { row: BatchRow }) {
  const { language } = useWords();
  return (
    <span role="presentation" className="diff-cells">
      {row.cells.map((cell, i) => (
        <span key={cell.column} role="presentation" className={i === active ? 'diff-cell is-active' : 'diff-cell'}>
          <span role="gridcell" className="t2 cut" title={cellName(as, cell.column, language)}>
            {cellName(as, cell.column, language)}
          </span>
          <DiffValues row={row} cell={cell} />
          <span
            role="gridcell"
            className="xs sx-warning cut"
            title={weighedWords(cell, language) ?? cellDoubt(cell) ?? undefined}
          >
            {cellDoubt(cell)}
          </span>
          <Decide
            decision={cell.decision}
            accepted={cell.accepted}
            closed={closed}
            onDecide={(decision) => onDecide(row.id, cell.column, decision)}
          />
        </span>
      ))}
    </span>
  );
}

export function DiffValues({
  row,
  cell,
  role = 'gridcell',
}: {
  row: Pick<BatchRow, 'moved'>;
  cell: BatchCell;
  role?: 'gridcell' | 'cell';
}) {
  const { t } = useWords();
  const { was, now } = cellValues(row, cell);
  const plain = cell.column === 'geom';
  return (
    <>
      <span role={role} className="cut">
        {was === null ? (
          <span className="t3">{t('values.blank')}</span>
        ) : plain ? (
          <span className="t3">{was}</span>
        ) : (
          <del title={was}>{was}</del>
        )}
      </span>
      <span role={role} className="cut">
        {now === null ? <span className="t3">{t('values.blank')}</span> : <ins title={now}>{now}</ins>}
      </span>
    </>
  );
}

function OneLine({ row, pile, closed, onDecide }: PileRowProps & { row: BatchRow }) {
  const { t } = useWords();
  const { wordOf } = useClasses();
  const gist = rowGist(row);
  const name = wordOf(row.className);
  const why = reasonWords(row, 'reasonShort');
  return (
    <>
      <span role="gridcell" className="row g2 cut">
        {row.classCode !== null && <ClassSymbolMark className={row.className} />}
        <span className="cut">{name ?? row.classCode ?? ''}</span>
      </span>
      <span role="gridcell" className="t2 cut" title={gist}>
        {gist}
      </span>
      <span role="gridcell" className="t3 cut" title={row.file}>
        {row.row > 0 ? t('piles.source', { file: row.table === '' ? row.file : row.table, row: row.row }) : ''}
      </span>
      <span
        role="gridcell"
        className={pile === 'unclear' ? 'sx-warning cut' : 't3 cut'}
        title={reasonWords(row) ?? undefined}
      >
        {why}
      </span>
      {pile === 'same' ? (
        <span role="gridcell" className="t3">
          {t('piles.nothingToDo')}
        </span>
      ) : (
        <Decide
          decision={row.decision}
          accepted={row.accepted}
          closed={closed}
          onDecide={(decision) => onDecide(row.id, null, decision)}
        />
      )}
    </>
  );
}

interface DecideProps {
  decision: Decision;
  /** The row came in already. */
  accepted: boolean;
  closed: boolean;
  /** In a grid the keys of the grid decide; elsewhere the buttons are reached by Tab. */
  role?: 'gridcell' | 'cell';
  onDecide: (decision: Decision) => void;
}

/** The word, and tick and cross; choosing what is chosen takes it back. */
export function Decide({ decision, accepted, closed, role = 'gridcell', onDecide }: DecideProps) {
  const { t } = useWords();
  const button = (to: 'accept' | 'reject') => (
    <button
      type="button"
      {...(role === 'gridcell' ? { tabIndex: -1 } : {})}
      aria-pressed={decision === to}
      aria-label={t(`piles.decision.${to}`)}
      title={t(`piles.decisionKey.${to}`)}
      onClick={() => onDecide(decision === to ? 'pending' : to)}
    >
      {to === 'accept' ? (
        <IconCheck size={14} stroke={1.8} aria-hidden />
      ) : (
        <IconX size={14} stroke={1.8} aria-hidden />
      )}
    </button>
  );
  const word = accepted && decision === 'accept' ? t('piles.broughtIn') : t(`piles.decisionShort.${decision}`);
  return (
    <span role={role} className={`decide is-${decision}`}>
      <span className="decide-word">{word}</span>
      {!closed && !accepted && button('accept')}
      {!closed && !accepted && button('reject')}
    </span>
  );
}
