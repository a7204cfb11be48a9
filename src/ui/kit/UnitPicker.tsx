import { Combobox, useCombobox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { UnitInfo } from '../../api/component.ts';
import { useCommand, useQueryOf } from '../app/engine.ts';
import { useWords } from '../words/index.ts';

interface UnitPickerProps {
  label: string;
  /** Text to begin the search with: the surveyed name. */
  begin?: string;
  /** Word for no unit; absent where one must be chosen. */
  blank?: string;
  onDone: (unit: Pick<UnitInfo, 'id' | 'name'> | null) => void;
  onCancel: () => void;
}
const SHOWN = 12;
const NONE: readonly UnitInfo[] = [];
const NEW = 'new';
const BLANK = 'blank';

/** Finds a unit by name, short name, alias or code; a name nobody has yet can be registered here. */
export function UnitPicker({ label, begin = '', blank, onDone, onCancel }: UnitPickerProps) {
  const { t } = useWords();
  const [text, setText] = useState(begin);
  const box = useCombobox({ defaultOpened: true });
  const { focusTarget, selectFirstOption } = box;
  const typed = text.trim();
  const { data } = useQueryOf('unit.list', { ...(typed === '' ? {} : { text: typed }), limit: SHOWN }, { keep: true });
  const add = useCommand('unit.add', { quiet: true });
  useEffect(() => {
    focusTarget();
  }, [focusTarget]);
  const found = data?.units ?? NONE;
  // A surveyed name nobody registered finds nothing; then those that answer for most are offered.
  const nothing = data !== undefined && found.length === 0 && typed !== '';
  const usual = useQueryOf('unit.list', nothing ? { limit: SHOWN } : null);
  const units = nothing ? (usual.data?.units ?? NONE) : found;
  useEffect(() => {
    if (found.length > 0) selectFirstOption();
  }, [found, selectFirstOption]);
  const choose = async (value: string) => {
    if (value === BLANK) return onDone(null);
    if (value !== NEW) return onDone(units.find((unit) => String(unit.id) === value) ?? null);
    const added = await add.run({ name: typed });
    if (added !== null) onDone({ id: added.id, name: typed });
  };
  return (
    <Combobox
      store={box}
      shadow="md"
      width={300}
      position="bottom-start"
      offset={2}
      onOptionSubmit={(value) => void choose(value)}
    >
      <Combobox.Target>
        <input
          className="unit-text"
          aria-label={label}
          value={text}
          placeholder={t('components.unit.find')}
          onChange={(event) => {
            setText(event.currentTarget.value);
            box.openDropdown();
          }}
          onFocus={(event) => {
            event.currentTarget.select();
            box.openDropdown();
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape' || event.key === 'Tab') onCancel();
          }}
          onBlur={onCancel}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <UnitOptions label={label} typed={typed} units={units} {...(blank === undefined ? {} : { blank })} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface UnitOptionsProps {
  label: string;
  typed: string;
  units: readonly UnitInfo[];
  blank?: string;
}

function UnitOptions({ label, typed, units, blank }: UnitOptionsProps) {
  const { t } = useWords();
  const known = units.some((unit) => unit.name === typed);
  return (
    <Combobox.Options aria-label={label} mah={320} className="scroll">
      {blank !== undefined && typed === '' && (
        <Combobox.Option value={BLANK}>
          <span className="t3">{blank}</span>
        </Combobox.Option>
      )}
      {units.map((unit) => (
        <Combobox.Option key={unit.id} value={String(unit.id)} disabled={!unit.valid}>
          <UnitLine unit={unit} />
        </Combobox.Option>
      ))}
      {typed !== '' && !known && (
        <Combobox.Option value={NEW}>
          <span className="row g2 tx-accent">
            <IconPlus size={14} stroke={1.5} aria-hidden />
            {t('components.unit.register', { name: typed })}
          </span>
        </Combobox.Option>
      )}
      {units.length === 0 && typed === '' && <Combobox.Empty>{t('components.unit.none')}</Combobox.Empty>}
    </Combobox.Options>
  );
}

function UnitLine({ unit }: { unit: UnitInfo }) {
  const { t } = useWords();
  const also = [unit.shortName, unit.code, unit.valid ? null : t('components.unit.ended')].filter(
    (one) => one !== null,
  );
  return (
    <span className="unit-line">
      <span className="cut">{unit.name}</span>
      <em>{t('components.unit.answers', { count: unit.components })}</em>
      {also.length > 0 && <span className="xs t3 cut">{also.join(' · ')}</span>}
    </span>
  );
}
