import { Modal } from '@mantine/core';
import { IconBuilding, IconCommand, IconHash, IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { KeyHint } from '../kit/KeyHint.tsx';
import { ClarityShape } from '../kit/Shapes.tsx';
import { ClassSymbolMark } from '../kit/Symbol.tsx';
import { useWords } from '../words/index.ts';
import { useFinds, type Find } from './palette-finds.ts';
import { useDialogs } from './stores/dialogs.ts';
import { useFocusBack } from '../kit/use-focus-back.ts';

/** What is typed right after Ctrl K belongs to the search, not to the window's keys. */
function focusAtOnce(field: HTMLInputElement | null): void {
  field?.focus();
}

/** Ctrl K: finds components, streets, grids and units, and does commands. */
export function Palette() {
  const { t } = useWords();
  useFocusBack();
  const close = useDialogs((s) => s.close);
  const [text, setText] = useState('');
  const [on, setOn] = useState(0);
  const finds = useFinds(text);
  const at = Math.min(on, finds.length - 1);
  const base = useId();
  const go = (find: Find | undefined) => {
    if (find === undefined || (find.disabledBecause ?? null) !== null) return;
    close();
    find.go();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setOn(Math.min(finds.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setOn(Math.max(0, at - 1));
    else if (event.key === 'Enter') go(finds[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={close}
      size={600}
      withCloseButton={false}
      padding={0}
      classNames={{ body: 'palette-body' }}
      yOffset={60}
      centered={false}
      attributes={{ content: { 'aria-label': t('frame.search') } }}
    >
      <div className="palette">
        <div className="palette-text">
          <IconSearch size={16} stroke={1.5} aria-hidden />
          <input
            data-autofocus
            ref={focusAtOnce}
            role="combobox"
            aria-expanded
            aria-controls={`${base}list`}
            aria-activedescendant={finds[at] === undefined ? undefined : `${base}${finds[at].id}`}
            aria-label={t('frame.search')}
            placeholder={t('frame.search')}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setOn(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <FindList id={`${base}list`} base={base} finds={finds} at={at} onOver={setOn} onGo={go} />
      </div>
    </Modal>
  );
}

interface FindListProps {
  id: string;
  base: string;
  finds: readonly Find[];
  at: number;
  onOver: (index: number) => void;
  onGo: (find: Find) => void;
}

function FindList({ id, base, finds, at, onOver, onGo }: FindListProps) {
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelectorAll('[role="option"]')[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <div ref={list} className="palette-list scroll" role="listbox" id={id} aria-label={t('frame.search')}>
      {finds.length === 0 && <p className="sm t3 entries-none">{t('frame.found.none')}</p>}
      {finds.map((find, i) => (
        <div key={find.id} role="presentation">
          {finds[i - 1]?.group !== find.group && (
            <p className="cap" role="presentation">
              {t(`frame.found.${find.group}`)}
            </p>
          )}
          <button
            type="button"
            id={`${base}${find.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            aria-disabled={(find.disabledBecause ?? null) !== null || undefined}
            className={i === at ? 'find is-sel' : 'find'}
            onMouseMove={() => onOver(i)}
            onClick={() => onGo(find)}
          >
            <FindMark find={find} />
            <span className="cut">{find.title}</span>
            {find.code !== undefined && <span className="code t2">{find.code}</span>}
            <span className="cut t3 grow">{find.about}</span>
            {find.mark !== undefined && <ClarityShape clarity={find.mark} label={t(`values.clarity.${find.mark}`)} />}
            {find.keys !== undefined && find.keys !== '' && <KeyHint keys={find.keys} />}
          </button>
        </div>
      ))}
    </div>
  );
}

function FindMark({ find }: { find: Find }) {
  const icon = { size: 14, stroke: 1.5, 'aria-hidden': true, className: 't3' } as const;
  if (find.group === 'components') return <ClassSymbolMark className={find.symbol ?? null} />;
  if (find.group === 'units') return <IconBuilding {...icon} />;
  return find.group === 'places' ? <IconHash {...icon} /> : <IconCommand {...icon} />;
}
