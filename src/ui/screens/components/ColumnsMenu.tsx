import { Popover } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
import { useColumns } from '../../app/stores/columns.ts';
import { IconButton } from '../../kit/IconButton.tsx';
import { useWords } from '../../words/index.ts';
import { CHOOSABLE, headOf } from './columns.tsx';

/** Which columns the table shows, by the standard's names. */
export function ColumnsMenu() {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  const { shown, setShown, reset } = useColumns();
  const toggle = (name: string) =>
    setShown(shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name]);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={264} trapFocus>
      <Popover.Target>
        <IconButton label={t('components.columns')} on={open} onClick={() => setOpen(!open)}>
          <IconColumns3 size={16} stroke={1.5} />
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown className="columns-menu" aria-label={t('components.columns')}>
        <ul className="scroll">
          {CHOOSABLE.map((column) => (
            <li key={column.name}>
              <label>
                <input
                  type="checkbox"
                  className="ck"
                  checked={shown.includes(column.name)}
                  onChange={() => toggle(column.name)}
                />
                <span className="cut">{headOf(column, language)}</span>
              </label>
            </li>
          ))}
        </ul>
        <button type="button" className="link sm" onClick={reset}>
          {t('components.columnsReset')}
        </button>
      </Popover.Dropdown>
    </Popover>
  );
}
