import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { action, useActions } from '../../app/actions.ts';
import { useFilter } from '../../app/stores/filter.ts';
import { useWords } from '../../words/index.ts';

/** Words anywhere in code, name, address or a unit's name; F leads here. */
export function FilterText() {
  const { t } = useWords();
  const { text, setText } = useFilter();
  const field = useRef<HTMLInputElement>(null);
  useEffect(
    () =>
      useActions.getState().add([
        action({
          id: 'filter',
          key: 'F',
          words: 'components.focusFilter',
          group: 'table',
          perform: () => field.current?.focus(),
        }),
      ]),
    [],
  );
  return (
    <div className="facet-find">
      <div className="field is-sm">
        <IconSearch size={14} stroke={1.5} aria-hidden />
        <input
          ref={field}
          type="search"
          aria-label={t('components.filter.text')}
          placeholder={t('components.filter.addHint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
            event.stopPropagation();
            if (text === '') field.current?.blur();
            else setText('');
          }}
        />
      </div>
    </div>
  );
}
