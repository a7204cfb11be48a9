import { deriver, type Derivation } from '../../../model/derive.ts';
import type { InspectedTable } from '../../../api/delivery.ts';

export const OPS = ['concat', 'split', 'constant', 'lookup'] as const;
export type Op = (typeof OPS)[number];
export type Otherwise = 'keep' | 'blank' | 'fault';

/** A derived column while it is being put together: everything that was typed, whichever way is chosen. */
export interface Draft {
  to: string | null;
  op: Op;
  from: string[];
  separator: string;
  widths: number[];
  /** Cut by a separator, or by places. */
  cut: 'part' | 'piece';
  part: number;
  start: number;
  length: number | null;
  value: string;
  /** A line a value: what was delivered, a tab or '=', what it becomes. */
  list: string;
  otherwise: Otherwise;
}

const PLAIN: Draft = {
  to: null,
  op: 'concat',
  from: [],
  separator: '',
  widths: [],
  cut: 'part',
  part: 1,
  start: 1,
  length: null,
  value: '',
  list: '',
  otherwise: 'fault',
};

/** A new one beginning with a field (or none), or an existing one to be changed. */
export function draftOf(derivation: Derivation | null, field: string | null): Draft {
  if (derivation === null) return { ...PLAIN, from: field === null ? [] : [field] };
  const { to, op } = derivation;
  switch (derivation.op) {
    case 'concat':
      return {
        ...PLAIN,
        to,
        op,
        from: derivation.from,
        separator: derivation.separator ?? '',
        widths: derivation.widths ?? [],
      };
    case 'split':
      return 'separator' in derivation
        ? { ...PLAIN, to, op, from: derivation.from, separator: derivation.separator, part: derivation.part }
        : {
            ...PLAIN,
            to,
            op,
            from: derivation.from,
            cut: 'piece',
            start: derivation.start,
            length: derivation.length ?? null,
          };
    case 'constant':
      return { ...PLAIN, to, op, value: derivation.value };
    case 'lookup':
      return {
        ...PLAIN,
        to,
        op,
        from: derivation.from,
        list: derivation.values.map(({ was, now }) => `${was}\t${now ?? ''}`).join('\n'),
        otherwise: derivation.otherwise ?? 'fault',
      };
  }
}

/** What is still missing: the column, a field, a separator, a value, a list. */
export type Missing = 'to' | 'from' | 'separator' | 'value' | 'list';

export function missingIn(draft: Draft): Missing | null {
  if (draft.to === null) return 'to';
  if (draft.op !== 'constant' && draft.from.length === 0) return 'from';
  if (draft.op === 'split' && draft.cut === 'part' && draft.separator === '') return 'separator';
  if (draft.op === 'constant' && draft.value.trim() === '') return 'value';
  return draft.op === 'lookup' && listOf(draft.list).length === 0 ? 'list' : null;
}

/** Lines as pasted from a sheet (tab) or typed (=, →): old and new value; nothing behind the sign makes it blank. */
function listOf(text: string): { was: string; now: string | null }[] {
  return text.split('\n').flatMap((line) => {
    const parts = /^(.+?)\s*(?:\t|=|＝|→|->)\s*(.*)$/u.exec(line);
    const was = parts?.[1]?.trim() ?? '';
    const now = parts?.[2]?.trim() ?? '';
    return was === '' ? [] : [{ was, now: now === '' ? null : now }];
  });
}

/** The derivation as the import takes it; null while something is missing. */
export function derivationOf(draft: Draft): Derivation | null {
  if (draft.to === null || missingIn(draft) !== null) return null;
  const { to, from } = draft;
  const [first = ''] = from;
  switch (draft.op) {
    case 'concat': {
      const widths = from.map((_, i) => draft.widths[i] ?? 0);
      return {
        to,
        op: 'concat',
        from,
        ...(draft.separator === '' ? {} : { separator: draft.separator }),
        ...(widths.some((width) => width > 0) ? { widths } : {}),
      };
    }
    case 'split':
      return draft.cut === 'part'
        ? { to, op: 'split', from: [first], separator: draft.separator, part: draft.part === 0 ? 1 : draft.part }
        : {
            to,
            op: 'split',
            from: [first],
            start: draft.start,
            ...(draft.length === null ? {} : { length: draft.length }),
          };
    case 'constant':
      return { to, op: 'constant', value: draft.value };
    case 'lookup':
      return { to, op: 'lookup', from: [first], values: listOf(draft.list), otherwise: draft.otherwise };
  }
}

export interface PreviewRow {
  row: number;
  sources: (string | null)[];
  value: string | null;
  fault: string | null;
}

/** What a derivation makes of the first rows: the very function of the import. */
export function previewOf(table: Pick<InspectedTable, 'fields' | 'firstRows'>, derivation: Derivation): PreviewRow[] {
  const places = new Map(table.fields.map(({ name }, i) => [name, i]));
  const make = deriver(derivation);
  const from = derivation.op === 'constant' ? [] : derivation.from;
  return table.firstRows.map(({ row, values }) => {
    const read = (field: string) => values[places.get(field) ?? -1] ?? null;
    return { row, sources: from.map(read), ...make(read) };
  });
}

/** Different values of a field in the first rows and samples, as the beginning of a list. */
export function linesFor(table: Pick<InspectedTable, 'fields' | 'firstRows'>, field: string): string {
  const place = table.fields.findIndex(({ name }) => name === field);
  const values = [
    ...(table.fields[place]?.samples ?? []),
    ...table.firstRows.map(({ values: row }) => row[place] ?? ''),
  ];
  return [...new Set(values.map((value) => value.trim()))]
    .filter((value) => value !== '')
    .map((value) => `${value}\t`)
    .join('\n');
}
