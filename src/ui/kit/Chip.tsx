import { IconX } from '@tabler/icons-react';
import { useWords } from '../words/index.ts';

/** One condition of the filter, removable. */
export function Chip({ name, value, onRemove }: { name?: string; value: string; onRemove: () => void }) {
  const { t } = useWords();
  const text = name === undefined ? value : `${name} ${value}`;
  return (
    <span className="chip">
      <span className="cut">
        {name !== undefined && <span className="k">{name} </span>}
        {value}
      </span>
      <button type="button" aria-label={t('components.filter.remove', { what: text })} onClick={onRemove}>
        <IconX size={13} stroke={1.5} aria-hidden />
      </button>
    </span>
  );
}
