import { useId, type KeyboardEvent, type ReactNode } from 'react';
import type { ReportSheet } from '../../../api/work.ts';
import { useWords, type Language } from '../../words/index.ts';
import { titleOf } from './titles.ts';

interface SheetTabsProps {
  sheets: readonly ReportSheet[];
  on: string;
  language: Language;
  onChange: (id: string) => void;
  /** New figures are on their way. */
  busy: boolean;
  children: ReactNode;
}

/** The sheets of a workbook at its foot, as where they will be found; arrows move between them. */
export function SheetTabs({ sheets, on, language, onChange, busy, children }: SheetTabsProps) {
  const { t } = useWords();
  const base = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = sheets.findIndex((sheet) => sheet.id === on);
    const next = step === 0 ? undefined : sheets[(at + step + sheets.length) % sheets.length];
    if (next === undefined) return;
    event.preventDefault();
    onChange(next.id);
    document.getElementById(`${base}${next.id}`)?.focus();
  };
  return (
    <>
      <div
        key={on}
        className={busy ? 'scroll grow sheet is-inset is-stale' : 'scroll grow sheet is-inset'}
        role="tabpanel"
        id={`${base}panel`}
        aria-labelledby={`${base}${on}`}
        aria-busy={busy}
        tabIndex={0}
      >
        {children}
      </div>
      <div
        className="sheet-tabs scroll"
        role="tablist"
        aria-label={t('reports.sheets')}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        {sheets.map((sheet) => (
          <button
            key={sheet.id}
            id={`${base}${sheet.id}`}
            type="button"
            role="tab"
            className="is-inset"
            aria-selected={sheet.id === on}
            aria-controls={`${base}panel`}
            tabIndex={sheet.id === on ? 0 : -1}
            onClick={() => onChange(sheet.id)}
          >
            {titleOf(sheet, language)}
          </button>
        ))}
      </div>
    </>
  );
}
