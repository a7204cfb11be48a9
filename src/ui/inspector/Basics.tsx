import { useState } from 'react';
import type { ComponentDetail } from '../../api/component.ts';
import { COMPONENT_COLUMNS, type Column } from '../../model/component.ts';
import { useCellEdit } from '../app/cell-edit.ts';
import { useClasses } from '../app/classes.ts';
import { useClient } from '../app/engine.ts';
import { useSelection } from '../app/stores/selection.ts';
import { useSession } from '../app/stores/session.ts';
import { tellFailure } from '../app/tell.ts';
import { valueWords } from '../words/cell.ts';
import { useWords } from '../words/index.ts';
import { ClassSymbolMark } from '../kit/Symbol.tsx';
import { headOf } from '../screens/components/columns.tsx';
import { Field } from './Field.tsx';
import { DeliveryLink, OriginPlace } from './Origin.tsx';
import { PositionField } from './PositionField.tsx';

/** In this order; of the rest those that hold something, and the blank ones on demand. */
const FIRST = [
  'name',
  'state',
  'confirmation',
  'address',
  'accuracy',
  'data_source',
  'surveyed_on',
  'changed_on',
  'phase',
];
const EDITABLE = COMPONENT_COLUMNS.filter((column) => column.editable && column.kind !== 'unit');
const ORDERED = [
  ...FIRST.flatMap((name) => EDITABLE.find((column) => column.name === name) ?? []),
  ...EDITABLE.filter((column) => !FIRST.includes(column.name)),
];

export function Basics({ detail }: { detail: ComponentDetail }) {
  const { t, language } = useWords();
  const [blanks, setBlanks] = useState(false);
  const commit = useCellEdit('component');
  const readOnly = useSession((s) => s.project?.readOnly != null);
  const { cells, names } = detail;
  const isBlank = (column: Column) => (cells[column.name] ?? null) === null && !FIRST.includes(column.name);
  const hidden = ORDERED.filter(isBlank).length;
  const field = (column: Column) => {
    const value = cells[column.name] ?? null;
    const edit = readOnly
      ? {}
      : { edit: { column, value, onDone: (next: typeof value) => commit(detail, column.name, next) } };
    return (
      <Field key={column.name} name={headOf(column, language)} {...edit}>
        <span className={value === null ? 't3' : 'wrap'}>{valueWords(column.name, value)}</span>
      </Field>
    );
  };
  return (
    <section className="sect">
      <h3>{t('inspector.basics')}</h3>
      <dl className="kv">
        <ClassField detail={detail} />
        <GridField detail={detail} />
        <Field name={t('inspector.field.street')}>
          <span>{names['street_name'] ?? <i className="blank">{t('values.blank')}</i>}</span>
        </Field>
        <Field name={t('inspector.field.community')}>
          <span>{names['community_name'] ?? <i className="blank">{t('values.blank')}</i>}</span>
        </Field>
        {ORDERED.filter((column) => blanks || !isBlank(column)).map(field)}
        <PositionField detail={detail} locked={readOnly} />
        {detail.origin !== null && (
          <Field name={t('inspector.field.batch')}>
            <span className="wrap">
              <DeliveryLink origin={detail.origin} />
              <OriginPlace origin={detail.origin} />
            </span>
          </Field>
        )}
      </dl>
      {hidden > 0 && (
        <button type="button" className="link xs" onClick={() => setBlanks(!blanks)}>
          {blanks ? t('inspector.field.hideBlanks') : t('inspector.field.blanks', { count: hidden })}
        </button>
      )}
    </section>
  );
}

function ClassField({ detail }: { detail: ComponentDetail }) {
  const { t } = useWords();
  const { nameOf } = useClasses();
  const scheme = String(detail.cells['scheme'] ?? '');
  const code = String(detail.cells['class_code'] ?? '');
  const name = detail.names['class_name'] ?? null;
  return (
    <Field name={t('inspector.field.class')}>
      <ClassSymbolMark className={name} />
      <span className="cut">{nameOf(scheme, code, name) ?? t('values.blank')}</span>
      <span className="code t3" title={scheme}>
        {code}
      </span>
    </Field>
  );
}

/** The grid it stands in; chosen, it becomes the selection. */
function GridField({ detail }: { detail: ComponentDetail }) {
  const { t } = useWords();
  const client = useClient();
  const select = useSelection((s) => s.select);
  const code = detail.names['grid_code'];
  const go = async (gridCode: string) => {
    try {
      const grid = await client.call('grid.byCode', { code: gridCode });
      if (grid !== null) select('unit_grid', [grid.id], { zoom: true });
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <Field name={t('inspector.field.grid')}>
      {code == null ? (
        <span className="sx-warning">{t('inspector.field.outside')}</span>
      ) : (
        <button type="button" className="link code" onClick={() => void go(code)}>
          {code}
        </button>
      )}
    </Field>
  );
}
