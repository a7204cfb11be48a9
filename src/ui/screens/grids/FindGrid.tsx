import { IconSearch } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { useClient } from '../../app/engine.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useToasts } from '../../app/stores/toasts.ts';
import { tellFailure } from '../../app/tell.ts';
import { halfWidth } from '../../kit/half-width.ts';
import { useWords } from '../../words/index.ts';
import { useGridDesk } from './desk.ts';

/** Typing narrows the table; Enter goes to the grid whose code was typed, retired ones too. */
export function FindGrid() {
  const { t } = useWords();
  const client = useClient();
  const { text, set } = useGridDesk();
  const field = useRef<HTMLInputElement>(null);
  const notice = (words: string) => useToasts.getState().show({ tone: 'notice', text: words });
  const go = async () => {
    const code = halfWidth(text).trim();
    if (!/^\d+$/u.test(code)) return;
    const found = await client.call('grid.byCode', { code });
    if (found === null) {
      if (code.length >= CODE_DIGITS) notice(t('grids.notFound', { code }));
      return;
    }
    if (found.status === 'retired' && useGridDesk.getState().status === 'active') {
      set({ status: null });
      notice(t('grids.foundRetired', { code }));
    }
    useSelection.getState().select('unit_grid', [found.id], { zoom: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') void go().catch(tellFailure);
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (text === '') field.current?.blur();
    else set({ text: '' });
  };
  return (
    <div className="field is-sm grid-find" title={t('grids.findHint')}>
      <IconSearch size={14} stroke={1.5} aria-hidden />
      <input
        ref={field}
        type="search"
        aria-label={t('grids.findLabel')}
        placeholder={t('grids.find')}
        value={text}
        onChange={(event) => set({ text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** District 6, street 3, community 3, sequence 3. */
const CODE_DIGITS = 15;
