import { Combobox, useCombobox } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useEffect } from 'react';

export interface Choice {
  value: string;
  name: string;
}
interface ChoiceEditProps {
  label: string;
  value: string | null;
  choices: readonly Choice[];
  /** Word for no value; absent where one must be. */
  blank?: string;
  onDone: (value: string | null) => void;
  onCancel: () => void;
}
const BLANK = '\u0000';

/** A short list in place of the value; arrows and Enter choose, Esc returns. */
export function ChoiceEdit({ label, value, choices, blank, onDone, onCancel }: ChoiceEditProps) {
  const box = useCombobox({ defaultOpened: true, onDropdownClose: onCancel });
  const { focusTarget, selectActiveOption } = box;
  useEffect(() => {
    focusTarget();
    selectActiveOption();
  }, [focusTarget, selectActiveOption]);
  const now = choices.find((one) => one.value === value)?.name ?? blank ?? '';
  return (
    <Combobox
      store={box}
      shadow="md"
      width="max-content"
      position="bottom-start"
      offset={2}
      onOptionSubmit={(chosen) => onDone(chosen === BLANK ? null : chosen)}
    >
      <Combobox.Target targetType="button">
        <button
          type="button"
          className="choice-now"
          aria-label={label}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape' || event.key === 'Tab') onCancel();
          }}
          onClick={() => box.openDropdown()}
        >
          {now}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={label}>
          {blank !== undefined && (
            <Combobox.Option value={BLANK} active={value === null}>
              <span className="t3">{blank}</span>
            </Combobox.Option>
          )}
          {choices.map((one) => (
            <Combobox.Option key={one.value} value={one.value} active={one.value === value}>
              <span className="row g2">
                {one.name}
                {one.value === value && <IconCheck size={14} stroke={1.5} aria-hidden className="end" />}
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
