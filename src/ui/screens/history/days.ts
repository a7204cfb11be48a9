import type { RevisionInfo } from '../../../model/change.ts';

/** A line of the list: a day, or one of its revisions. */
export type Line = { kind: 'day'; key: string; at: string } | { kind: 'revision'; key: string; revision: RevisionInfo };

/** Revisions, latest first, with a heading before each day of this computer's clock. */
export function linesOf(revisions: readonly RevisionInfo[]): Line[] {
  const lines: Line[] = [];
  let day = '';
  for (const revision of revisions) {
    const its = dayOf(revision.at);
    if (its !== day) lines.push({ kind: 'day', key: `day ${its} ${revision.id}`, at: revision.at });
    day = its;
    lines.push({ kind: 'revision', key: String(revision.id), revision });
  }
  return lines;
}

/** 'yyyy-mm-dd' of local time; text that is no time stands for itself. */
export function dayOf(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
