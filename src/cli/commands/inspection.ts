import type { Inspection } from '../../api/delivery.ts';
import { warningText } from '../failure.ts';
import { lines } from '../output.ts';
import { say, WORDS, type Language } from '../words.ts';

/** The keys of `inspect`; more than these come along. Points of CRS candidates are for the map and left out. */
export function inspectionKeys(found: Inspection) {
  return {
    files: found.files,
    tables: found.tables.map((table) => ({
      ...table,
      crs: {
        ...table.crs,
        candidates: table.crs.candidates.map(({ points, ...candidate }) => ({ ...candidate, points: points.length })),
      },
    })),
    doubts: found.doubts,
  };
}

export function inspectionText(found: Inspection, language: Language): string {
  const percent = (confidence: number) => `${Math.round(confidence * 100)} %`;
  return lines(
    ...found.tables.flatMap((table) => [
      `${table.file} · ${table.name} (${table.format}, ${table.geometry}): ${table.rows} ${say(language, WORDS.rows)}`,
      table.encoding.name === null ? null : `  ${table.encoding.name} ${percent(table.encoding.confidence)}`,
      table.geometry === 'none' && table.crs.code === null
        ? null
        : `  ${table.crs.code ?? '?'} ${table.crs.axes} ${percent(table.crs.confidence)}`,
      ...datumText(table, language),
      ...table.fields.map(
        (field) => `  ${field.name} → ${field.role ?? '–'}: ${field.samples.slice(0, 3).join(' | ')}`,
      ),
      ...table.doubts.map((doubt) => `  ${say(language, WORDS.warning)}: ${warningText(doubt, language)}`),
    ]),
    ...found.doubts.map((doubt) => `${say(language, WORDS.warning)}: ${warningText(doubt, language)}`),
  );
}

/** How far the points lie from what the project knows, and what a shift leaves over. */
function datumText({ crs }: Inspection['tables'][number], language: Language): string[] {
  const against = crs.evidence.find(({ code }) => code === 'known-contradicts' || code === 'grid-contradicts')?.data;
  const shift = crs.datum.applied ?? crs.datum.proposed;
  const metres = (value: number) => `${value.toFixed(3)} m`;
  return [
    ...(against === undefined || crs.datum.applied !== null
      ? []
      : [
          `  ${say(language, WORDS.offKnown)}: ${String(against['metres'])} m (${String(against['agreeing'])}/${String(against['total'])})`,
        ]),
    ...(shift === null || shift.rms === null || shift.max === null
      ? []
      : [
          `  ${say(language, crs.datum.applied === null ? WORDS.shiftProposed : WORDS.shiftApplied)}: ${shift.used}/${shift.total}, ${say(language, WORDS.leftOver)} ${metres(shift.rms)}, ${say(language, WORDS.atMost)} ${metres(shift.max)}`,
        ]),
  ];
}
