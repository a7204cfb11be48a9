import { useState } from 'react';
import type { GridDetail } from '../../api/grid.ts';
import { UNIT_GRID_COLUMNS } from '../../model/component.ts';
import { useCellEdit } from '../app/cell-edit.ts';
import { useQueryOf } from '../app/engine.ts';
import { useFilter } from '../app/stores/filter.ts';
import { useSelection } from '../app/stores/selection.ts';
import { useSession } from '../app/stores/session.ts';
import { ErrorNote } from '../kit/notes.tsx';
import { mapCommands } from '../map/MapPane.tsx';
import { valueWords } from '../words/cell.ts';
import { count, ratePercent, useWords } from '../words/index.ts';
import { gridHead } from '../screens/grids/grid-heads.ts';
import { Code } from './Code.tsx';
import { Field } from './Field.tsx';
import { History, LatestChange } from './History.tsx';
import { Tabs } from './Tabs.tsx';
import { ZoomButton } from './ZoomButton.tsx';

const EDITABLE = UNIT_GRID_COLUMNS.filter((column) => column.editable);

/** One unit grid: its size, what stands in it, its neighbours and its history. */
export function GridInspector({ id }: { id: number }) {
  const { t } = useWords();
  const [tab, setTab] = useState('attributes');
  const { data, error, refetch } = useQueryOf('grid.get', { id }, { keep: true });
  if (error !== null) {
    return (
      <div className="bar-note">
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (data === undefined) return <div className="insp-wait" aria-busy="true" />;
  const of = { layer: 'unit_grid', id };
  return (
    <>
      <Header grid={data} />
      <Tabs
        on={tab}
        onChange={setTab}
        tabs={[
          { id: 'attributes', title: t('inspector.tabs.attributes') },
          { id: 'history', title: t('inspector.tabs.history') },
        ]}
      >
        {tab === 'attributes' && (
          <>
            <Figures grid={data} />
            <Attributes grid={data} />
            <Neighbours grid={data} />
            <LatestChange of={of} total={1} />
          </>
        )}
        {tab === 'history' && <History of={of} />}
      </Tabs>
    </>
  );
}

function Header({ grid }: { grid: GridDetail }) {
  const { t } = useWords();
  const retired = grid.cells['status'] === 'retired';
  return (
    <div className="insp-h">
      <div className="row g2 is-top">
        <div className="grow">
          <h2 className="title cut">{grid.cells['name'] ?? t('inspector.grid.title')}</h2>
          <Code code={String(grid.cells['code'] ?? '')} />
        </div>
        <ZoomButton
          label={t('inspector.zoom')}
          onClick={() => mapCommands.zoomTo({ layer: 'unit_grid', ids: [grid.id] })}
        />
      </div>
      <p className="sm t2 insp-state">
        {retired && <span className="tag">{t('inspector.grid.retired')}</span>} {grid.names['street_name']}
        {grid.names['community_name'] == null ? '' : ` · ${grid.names['community_name']}`}
      </p>
    </div>
  );
}

function Figures({ grid }: { grid: GridDetail }) {
  const { t } = useWords();
  const replace = useFilter((s) => s.replace);
  const go = useSession((s) => s.go);
  const code = String(grid.cells['code'] ?? '');
  const area = Number(grid.cells['area_m2'] ?? 0);
  const rate = grid.inService === 0 ? null : grid.clear / grid.inService;
  const see = () => {
    const filter = { op: '=' as const, column: 'grid_code', value: code };
    replace([{ kind: 'door', id: `grid:${code}`, words: 'inspector.grid.door', values: { code }, filter }]);
    go('components');
  };
  return (
    <section className="sect">
      <dl className="figures">
        <div>
          <dt>{t('inspector.grid.area')}</dt>
          <dd>
            {count(Math.round(area))} <em>m²</em>
          </dd>
        </div>
        <div>
          <dt>{t('inspector.grid.components')}</dt>
          <dd>
            {count(grid.components)} <em>{t('inspector.grid.inService', { count: grid.inService })}</em>
          </dd>
        </div>
        <div>
          <dt>{t('inspector.grid.rate')}</dt>
          <dd>
            {ratePercent(rate)} <em>%</em>
          </dd>
        </div>
      </dl>
      <button type="button" className="link sm" onClick={see}>
        {t('inspector.grid.seeComponents')}
      </button>
    </section>
  );
}

function Attributes({ grid }: { grid: GridDetail }) {
  const { t, language } = useWords();
  const commit = useCellEdit('grid');
  const readOnly = useSession((s) => s.project?.readOnly != null);
  return (
    <section className="sect">
      <h3>{t('inspector.tabs.attributes')}</h3>
      <dl className="kv">
        {EDITABLE.map((column) => {
          const value = grid.cells[column.name] ?? null;
          const name = column.name === 'responsible_id' ? (grid.names['responsible_name'] ?? null) : null;
          const edit = readOnly
            ? {}
            : { edit: { column, value, onDone: (next: typeof value) => commit(grid, column.name, next) } };
          return (
            <Field key={column.name} name={gridHead(column, language)} {...edit}>
              <span className={value === null ? 't3' : 'wrap'}>{name ?? valueWords(column.name, value)}</span>
            </Field>
          );
        })}
        {grid.findings > 0 && (
          <Field name={t('inspector.grid.findings')}>
            <span>{count(grid.findings)}</span>
          </Field>
        )}
      </dl>
    </section>
  );
}

function Neighbours({ grid }: { grid: GridDetail }) {
  const { t } = useWords();
  const select = useSelection((s) => s.select);
  if (grid.neighbours.length === 0) return null;
  return (
    <section className="sect">
      <h3>
        {t('inspector.grid.neighbours')} <span>{grid.neighbours.length}</span>
      </h3>
      <ul className="neighbours">
        {grid.neighbours.map((one) => (
          <li key={one.id}>
            <button type="button" className="link code" onClick={() => select('unit_grid', [one.id], { zoom: true })}>
              {one.code}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
