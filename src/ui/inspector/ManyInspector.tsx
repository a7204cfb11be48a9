import { useCallback } from 'react';
import type { MixedCell } from '../../api/component.ts';
import { COMPONENT_COLUMNS, type CellValue, type Column } from '../../model/component.ts';
import { useCommand, useQueryOf } from '../app/engine.ts';
import { withPerson } from '../app/project.ts';
import { useSession } from '../app/stores/session.ts';
import { mapCommands } from '../map/MapPane.tsx';
import { Button } from '../kit/Button.tsx';
import { ErrorNote } from '../kit/notes.tsx';
import { headOf } from '../screens/components/columns.tsx';
import { valueWords } from '../words/cell.ts';
import { count, useWords } from '../words/index.ts';
import { Field } from './Field.tsx';
import { ZoomButton } from './ZoomButton.tsx';

const MOST = 100_000;
const MOST_ZOOMED = 2000;
const ROLE_COLUMNS = COMPONENT_COLUMNS.filter((column) => column.kind === 'unit');
const OTHERS = [
  'name',
  'state',
  'confirmation',
  'accuracy',
  'data_source',
  'surveyed_on',
  'changed_on',
  'phase',
  'surveyor',
  'material',
  'specification',
  'note',
].flatMap((name) => COMPONENT_COLUMNS.find((column) => column.name === name) ?? []);

/** Many components together: what they agree on, and one change for all. */
export function ManyInspector({ ids }: { ids: readonly number[] }) {
  const { t } = useWords();
  const { data, error } = useQueryOf('component.mixed', { ids: [...ids] }, { keep: true });
  const update = useCommand('component.update');
  const retire = useCommand('component.retire');
  const readOnly = useSession((s) => s.project?.readOnly != null);
  const tooMany = ids.length > MOST;
  const setAll = useCallback(
    (column: string, value: CellValue) => {
      withPerson(() => void update.run({ changes: ids.map((id) => ({ id, set: { [column]: value } })) }));
    },
    [ids, update],
  );
  const cells = data?.columns ?? {};
  const locked = readOnly || tooMany;
  return (
    <>
      <div className="insp-h">
        <div className="row g2 is-top">
          <div className="grow">
            <h2 className="title">{t('inspector.many.title', { count: ids.length })}</h2>
            <p className="sm t2">{tooMany ? t('inspector.many.tooMany', { most: MOST }) : t('inspector.many.about')}</p>
          </div>
          <ZoomButton
            label={t('inspector.zoom')}
            onClick={() => mapCommands.zoomTo({ layer: 'component', ids: ids.slice(0, MOST_ZOOMED) })}
          />
        </div>
      </div>
      <section className="scroll grow many" aria-busy={data === undefined}>
        {error !== null && <ErrorNote error={error} />}
        <Group title={t('inspector.roles')} columns={ROLE_COLUMNS} cells={cells} locked={locked} onSet={setAll} />
        <Group title={t('inspector.basics')} columns={OTHERS} cells={cells} locked={locked} onSet={setAll} />
      </section>
      {!locked && (
        <div className="insp-foot">
          <Button busy={retire.busy} onClick={() => withPerson(() => void retire.run({ ids: [...ids] }))}>
            {t('inspector.many.retire', { count: count(ids.length) })}
          </Button>
        </div>
      )}
    </>
  );
}

interface GroupProps {
  title: string;
  columns: readonly Column[];
  cells: Readonly<Record<string, MixedCell>>;
  locked: boolean;
  onSet: (column: string, value: CellValue) => void;
}

function Group({ title, columns, cells, locked, onSet }: GroupProps) {
  const { t, language } = useWords();
  return (
    <section className="sect">
      <h3>{title}</h3>
      <dl className="kv">
        {columns.map((column) => {
          const cell = cells[column.name];
          if (cell === undefined) return null;
          const edit = locked
            ? {}
            : {
                edit: {
                  column,
                  value: cell.mixed ? null : cell.value,
                  onDone: (value: CellValue) => onSet(column.name, value),
                },
              };
          return (
            <Field key={column.name} name={headOf(column, language)} {...edit}>
              {cell.mixed && <span className="tag">{t('inspector.many.mixed')}</span>}
              {!cell.mixed && (
                <span className={cell.value === null ? 't3' : 'wrap'}>
                  {cell.name ?? valueWords(column.name, cell.value)}
                </span>
              )}
            </Field>
          );
        })}
      </dl>
    </section>
  );
}
