import { conditionKey, useFilter, type Condition } from '../../app/stores/filter.ts';
import { Chip } from '../../kit/Chip.tsx';
import { useWords, type Language, type Translate } from '../../words/index.ts';
import { sayIf } from '../../words/index.ts';
import { columnName } from '../../words/revision.ts';

/** What is filtered, each removable. */
export function FilterChips() {
  const { t, language } = useWords();
  const { conditions, text, remove, setText } = useFilter();
  return (
    <>
      {conditions.map((condition) => {
        const { name, value } = chipWords(condition, t, language);
        return (
          <Chip
            key={conditionKey(condition)}
            {...(name === undefined ? {} : { name })}
            value={value}
            onRemove={() => remove(condition)}
          />
        );
      })}
      {text.trim() !== '' && (
        <Chip value={t('components.filter.any', { text: text.trim() })} onRemove={() => setText('')} />
      )}
    </>
  );
}

function chipWords(condition: Condition, t: Translate, language: Language): { name?: string; value: string } {
  switch (condition.kind) {
    case 'values': {
      const [first = t('values.blank')] = condition.names;
      const several = condition.names.length;
      return {
        name: facetName(condition.column, language),
        value: several > 1 ? t('components.filter.several', { first, count: several }) : first,
      };
    }
    case 'compare': {
      const key = condition.op === '>=' ? 'since' : condition.op === '<=' ? 'until' : 'compare';
      const op = { '=': '=', '!=': '≠', '<': '<', '>': '>', '<=': '≤', '>=': '≥' }[condition.op];
      return {
        name: facetName(condition.column, language),
        value: t(`components.filter.${key}`, { op, value: String(condition.value) }),
      };
    }
    case 'contains':
      return {
        name: facetName(condition.column, language),
        value: t('components.filter.any', { text: condition.value }),
      };
    case 'box':
      return { value: t('components.filter.box') };
    case 'ids':
      return { value: t('components.filter.ids', { count: condition.ids.length }) };
    case 'door':
      return { value: t(condition.words, condition.values) };
  }
}

function facetName(column: string, language: Language): string {
  return sayIf(`components.facetName.${column}`) ?? columnName(column, language);
}
