import { useState } from 'react';
import type { ComponentDetail } from '../../api/component.ts';
import { grouped } from '../app/coordinates.ts';
import { useCommand } from '../app/engine.ts';
import { withPerson } from '../app/project.ts';
import { TextEdit } from '../kit/TextEdit.tsx';
import { useWords } from '../words/index.ts';
import { parsePosition } from './position.ts';

/** Where it stands, project CRS; typed coordinates move it, as dragging on the map does. */
export function PositionField({ detail, locked }: { detail: ComponentDetail; locked: boolean }) {
  const { t } = useWords();
  const [editing, setEditing] = useState(false);
  const move = useCommand('component.move');
  const { at } = detail;
  if (at === null) return null;
  const [east, north] = at;
  const done = (text: string) => {
    setEditing(false);
    const to = parsePosition(text);
    if (to === null || (to[0] === east && to[1] === north)) return;
    withPerson(() => void move.run({ id: detail.id, to: [to[0], to[1]], was: [east, north] }));
  };
  const name = t('inspector.field.position');
  return (
    <>
      <dt>{name}</dt>
      <dd className={editing ? 'is-edit' : undefined}>
        {editing && (
          <TextEdit
            code
            label={t('inspector.field.edit', { field: name })}
            value={`${east}, ${north}`}
            check={(typed) => (parsePosition(typed) === null ? t('inspector.badPosition') : null)}
            onDone={done}
            onCancel={() => setEditing(false)}
          />
        )}
        {!editing && (
          <button
            type="button"
            className="value code"
            disabled={locked}
            title={t('inspector.field.edit', { field: name })}
            onClick={() => setEditing(true)}
          >
            {grouped(east)} · {grouped(north)}
          </button>
        )}
      </dd>
    </>
  );
}
