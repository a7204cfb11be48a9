import { Select } from '@mantine/core';
import { importAs, type ImportAs, type InspectedTable } from '../../../api/delivery.ts';
import { useEngine } from '../../app/engine.ts';
import { sayIf, useWords } from '../../words/index.ts';
import { ClassEvidence } from './ClassEvidence.tsx';
import { CrsEvidence } from './CrsEvidence.tsx';
import { DatumPanel } from './DatumPanel.tsx';
import { EncodingEvidence } from './EncodingEvidence.tsx';
import { useFlow } from './flow.ts';
import { decide, planOf } from './flow-actions.ts';
import { isSkipped } from './unsure.ts';

/** How one table was recognised; every answer can be overruled where it stands. */
export function TableEvidence({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  return (
    <section className="imp-evidence scroll" aria-label={t('evidence.evidence')}>
      <div className="phead">
        <h2 className="cut">{table.name}</h2>
        <span className="sm t3 nw">{t('evidence.howKnown')}</span>
        <span className="end" />
        <HeaderRow table={table} />
        <KindChoice table={table} />
      </div>
      <EncodingEvidence table={table} />
      <CrsEvidence table={table} />
      <DatumPanel table={table} />
      {table.as.value === 'component' && <ClassEvidence table={table} />}
    </section>
  );
}

const SKIP = 'skip';

function KindChoice({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  const engine = useEngine();
  const plan = useFlow((s) => planOf(s.plans, table));
  const skipped = isSkipped(table, plan);
  const unknown = table.as.value === null && !skipped;
  const data = [...importAs.options, SKIP].map((value) => ({
    value,
    label: t(`evidence.kind.${value as ImportAs | 'skip'}`),
  }));
  return (
    <Select
      className={unknown ? 'imp-kind is-ask' : 'imp-kind'}
      aria-label={t('evidence.kind.label')}
      title={sayIf(`evidence.kindWhy.${table.as.why}`) ?? undefined}
      placeholder={t('evidence.kind.choose')}
      data={data}
      value={skipped ? SKIP : table.as.value}
      allowDeselect={false}
      onChange={(value) => {
        const found = importAs.options.find((one) => one === value);
        if (value === SKIP) decide(engine, table, { skip: true });
        else if (found !== undefined) decide(engine, table, { as: found, skip: false });
      }}
    />
  );
}

/** Where the headings stand, for tables that come as text or sheets. */
function HeaderRow({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  const engine = useEngine();
  if (table.format !== 'csv' && table.format !== 'workbook') return null;
  const found = table.doubts.find((doubt) => doubt.code === 'title-rows')?.data['headerRow'];
  const none = table.doubts.some((doubt) => doubt.code === 'no-header');
  const now = table.headerRow ?? (typeof found === 'number' ? found : none ? -1 : 0);
  const data = Array.from({ length: MOST_HEADER_ROWS + 1 }, (_, i) => i - 1).map((row) => ({
    value: String(row),
    label: row < 0 ? t('evidence.header.none') : t('evidence.header.row', { row: row + 1 }),
  }));
  return (
    <Select
      className="imp-header-row"
      aria-label={t('evidence.header.label')}
      data={data}
      value={String(now)}
      allowDeselect={false}
      onChange={(value) => value !== null && decide(engine, table, { headerRow: Number(value) })}
    />
  );
}
const MOST_HEADER_ROWS = 12;
