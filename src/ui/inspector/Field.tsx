import { useState, type ReactNode } from 'react';
import type { CellValue, Column } from '../../model/component.ts';
import { FieldEdit } from '../kit/FieldEdit.tsx';
import { useWords } from '../words/index.ts';

interface FieldProps {
  name: string;
  children: ReactNode;
  /** Edited in its place when given; the value is then a button. */
  edit?: { column: Column; value: CellValue; onDone: (value: CellValue) => void };
}

/** One attribute: name and value, edited in its place. */
export function Field({ name, children, edit }: FieldProps) {
  const { t } = useWords();
  const [editing, setEditing] = useState(false);
  return (
    <>
      <dt>{name}</dt>
      <dd className={editing ? 'is-edit' : undefined}>
        {editing && edit !== undefined && (
          <FieldEdit
            column={edit.column}
            label={t('inspector.field.edit', { field: name })}
            value={edit.value}
            onDone={(value) => {
              setEditing(false);
              edit.onDone(value);
            }}
            onCancel={() => setEditing(false)}
          />
        )}
        {!editing && edit !== undefined && (
          <button
            type="button"
            className="value"
            title={t('inspector.field.edit', { field: name })}
            onClick={() => setEditing(true)}
          >
            {children}
          </button>
        )}
        {edit === undefined && children}
      </dd>
    </>
  );
}
