import { IconGridDots, IconMap2, IconTable } from '@tabler/icons-react';
import type { InspectedTable, Inspection } from '../../../api/delivery.ts';
import { SeverityIcon, type SeverityMark } from '../../kit/Shapes.tsx';
import { useWords } from '../../words/index.ts';
import { partsOf } from './delivery-words.ts';
import { useFlow } from './flow.ts';
import { planOf } from './flow-actions.ts';
import { isSkipped, questionsOf } from './unsure.ts';

/** What the delivery holds; one of them is looked at. */
export function TableList({ inspection }: { inspection: Inspection }) {
  const { t } = useWords();
  const rows = inspection.tables.reduce((sum, table) => sum + table.rows, 0);
  return (
    <aside className="col imp-list" aria-label={t('importing.contents')}>
      <div className="toolbar">
        <h2 className="h2">{t('importing.contents')}</h2>
        <span className="end sm t3 nw">{t('importing.tablesRows', { tables: inspection.tables.length, rows })}</span>
      </div>
      <div className="scroll grow" role="listbox" aria-label={t('importing.contents')} tabIndex={-1}>
        {inspection.tables.map((table, i) => (
          <TableItem key={`${table.file} ${table.name}`} inspection={inspection} table={table} index={i} />
        ))}
      </div>
      <DeliveredBefore inspection={inspection} />
    </aside>
  );
}

const FORMAT_ICON = { shapefile: IconMap2, gpkg: IconMap2, geojson: IconMap2, workbook: IconGridDots } as const;

function TableItem({ inspection, table, index }: { inspection: Inspection; table: InspectedTable; index: number }) {
  const { t } = useWords();
  const on = useFlow((s) => Math.min(s.table, inspection.tables.length - 1) === index);
  const plan = useFlow((s) => planOf(s.plans, table));
  const skipped = isSkipped(table, plan);
  const Icon = Object.entries(FORMAT_ICON).find(([format]) => format === table.format)?.[1] ?? IconTable;
  const open = questionsOf(table, plan).length;
  const mark: SeverityMark = open > 0 ? 'warning' : skipped || table.rows === 0 ? 'info' : 'done';
  const state = t(
    open > 0
      ? 'importing.state.ask'
      : skipped
        ? 'importing.state.skipped'
        : table.rows === 0
          ? 'importing.state.empty'
          : 'importing.state.known',
  );
  return (
    <button
      type="button"
      role="option"
      aria-selected={on}
      className={`imp-item${on ? ' is-on' : ''}${skipped ? ' is-skipped' : ''}`}
      onClick={() => useFlow.setState({ table: index })}
      onKeyDown={(event) => {
        const way = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        const next = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role=option]')[index + way];
        if (way === 0 || next === undefined) return;
        event.preventDefault();
        next.focus();
        next.click();
      }}
      tabIndex={on ? 0 : -1}
    >
      <Icon size={16} stroke={1.5} aria-hidden />
      <span className="grow col">
        <span className="row g2">
          <span className="grow cut">{table.name}</span>
          <SeverityIcon severity={mark} label={state} />
        </span>
        <span className="row g2 xs t3">
          <span className="grow cut">{partsOf(table, inspection.files)}</span>
          <span className="nw">{t('importing.rows', { rows: table.rows })}</span>
        </span>
      </span>
    </button>
  );
}

function DeliveredBefore({ inspection }: { inspection: Inspection }) {
  const { t } = useWords();
  // A small sidecar is the same in many deliveries and says nothing.
  const telling = inspection.files.filter((file) => !/\.(prj|cpg|shx)$/iu.test(file.name));
  const before = telling.filter((file) => file.deliveredBefore !== null).length;
  const saved = inspection.tables.filter((table) => table.savedMapping).length;
  return (
    <div className="imp-list-foot">
      <p className="xs t3">{t('importing.earlier.title')}</p>
      <p className="sm">
        {before === 0
          ? t('importing.earlier.never')
          : t('importing.earlier.before', { count: before, of: telling.length })}
      </p>
      {saved > 0 && <p className="xs t3">{t('importing.earlier.mapping', { count: saved })}</p>}
    </div>
  );
}
