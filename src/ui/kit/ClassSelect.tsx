import { Select } from '@mantine/core';
import { useClasses } from '../app/classes.ts';
import { useWords } from '../words/index.ts';

interface ClassSelectProps {
  label: string;
  scheme: string;
  value: string | null;
  onChange: (code: string | null) => void;
}
const LISTED = 200;

/** A class of the scheme by code or name; in a dialog it has the focus first. */
export function ClassSelect({ label, scheme, value, onChange }: ClassSelectProps) {
  const { language } = useWords();
  const { classes } = useClasses();
  const data = classes
    .filter((one) => one.scheme === scheme)
    .map((one) => ({
      value: one.code,
      label: `${one.code} ${language === 'en' ? (one.nameEn ?? one.name) : one.name}`,
    }));
  return (
    <Select label={label} searchable data-autofocus limit={LISTED} data={data} value={value} onChange={onChange} />
  );
}
