import { Modal, Select } from '@mantine/core';
import { useState } from 'react';
import type { InspectedTable } from '../../../api/delivery.ts';
import type { Derivation } from '../../../model/derive.ts';
import { useEngine } from '../../app/engine.ts';
import { Button } from '../../kit/Button.tsx';
import { useFocusBack } from '../../kit/use-focus-back.ts';
import { useWords } from '../../words/index.ts';
import { derivationOf, draftOf, missingIn, OPS, type Draft, type Missing } from './derive-draft.ts';
import { DeriveForm } from './DeriveForm.tsx';
import { DerivePreview } from './DerivePreview.tsx';
import { deriveColumns } from './flow-actions.ts';
import { targetName, targetsOf } from './targets.ts';

interface Props {
  table: InspectedTable;
  /** Which of the table's derived columns is changed; null for a new one. */
  index: number | null;
  /** Field a new one begins with. */
  field: string | null;
  onClose: () => void;
}

/** Puts a column together from fields, a part of one, a constant or a list of values, and shows at once what comes of the first rows. */
export function DeriveDialog({ table, index, field, onClose }: Props) {
  const { t } = useWords();
  useFocusBack();
  const engine = useEngine();
  const all = table.derived.map(({ derivation }) => derivation);
  const [draft, setDraft] = useState<Draft>(() => draftOf(index === null ? null : (all[index] ?? null), field));
  const missing = missingIn(draft);
  const made = derivationOf(draft);
  const save = (derivation: Derivation | null) => {
    const others = all.filter((one, i) => i !== index && one.to !== derivation?.to);
    deriveColumns(engine, table, derivation === null ? others : [...others, derivation]);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={620}
      title={t(index === null ? 'matching.derive.new' : 'matching.derive.change')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <form
        className="form derive"
        onSubmit={(event) => {
          event.preventDefault();
          if (made !== null) save(made);
        }}
      >
        <div className="derive-head">
          <TargetSelect table={table} to={draft.to} onChange={(to) => setDraft({ ...draft, to })} />
          <div className="seg" role="group" aria-label={t('matching.derive.way')}>
            {OPS.map((op) => (
              <button key={op} type="button" aria-pressed={op === draft.op} onClick={() => setDraft({ ...draft, op })}>
                {t(`matching.derive.op.${op}`)}
              </button>
            ))}
          </div>
        </div>
        <p className="sm t2">{t(`matching.derive.about.${draft.op}`)}</p>
        <DeriveForm table={table} draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
        <DerivePreview table={table} derivation={made} />
        <Foot missing={missing} onClose={onClose} onRemove={index === null ? null : () => save(null)} />
      </form>
    </Modal>
  );
}

function Foot({
  missing,
  onClose,
  onRemove,
}: {
  missing: Missing | null;
  onClose: () => void;
  onRemove: (() => void) | null;
}) {
  const { t } = useWords();
  return (
    <div className="form-foot">
      <Button
        look="main"
        type="submit"
        disabledBecause={missing === null ? null : t(`matching.derive.missing.${missing}`)}
      >
        {t('matching.derive.save')}
      </Button>
      <Button look="bare" onClick={onClose}>
        {t('frame.cancel')}
      </Button>
      {onRemove !== null && (
        <Button className="end" onClick={onRemove}>
          {t('matching.derive.remove')}
        </Button>
      )}
    </div>
  );
}

function TargetSelect({
  table,
  to,
  onChange,
}: {
  table: InspectedTable;
  to: string | null;
  onChange: (to: string) => void;
}) {
  const { t, language } = useWords();
  const as = table.as.value ?? 'component';
  return (
    <Select
      label={t('matching.fields.target')}
      searchable
      // A column that is changed has its target; its list would only cover what is to be looked at.
      data-autofocus={to === null || undefined}
      placeholder={t('matching.derive.missing.to')}
      data={targetsOf(as).map((value) => ({ value, label: targetName(as, value, language) }))}
      value={to}
      allowDeselect={false}
      onChange={(value) => value !== null && onChange(value)}
    />
  );
}
