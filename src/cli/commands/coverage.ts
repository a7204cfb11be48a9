import type { BatchCoverage, CoverageChoice } from '../../api/coverage.ts';
import { oneOf } from '../args.ts';
import type { Arguments, Desk, Outcome } from '../command.ts';
import { columns, lines } from '../output.ts';
import { say, WORDS } from '../words.ts';

const PLACES = ['streets', 'communities', 'grids'] as const;

/** Shows what a delivery of components speaks for; with --covers says it: delivered, nothing, or places by their codes. */
export async function batchCoverage(desk: Desk, args: Arguments, id: number): Promise<Outcome> {
  const typed = args.values['covers'];
  if (typed !== undefined) await desk.call('batch.setCoverage', { id, coverage: chosen(typed) });
  const { streets, hulls, ...coverage } = await desk.call('batch.coverage', { id });
  const { piles } = await desk.call('batch.get', { id });
  const { language } = desk;
  const rows = streets.map((street) => [
    street.covered ? '+' : '',
    street.code,
    street.name ?? '',
    street.delivered,
    street.known,
    street.missing,
  ]);
  const heads = [
    '',
    '',
    '',
    say(language, WORDS.deliveredRows),
    say(language, WORDS.knownRows),
    say(language, WORDS.missingRows),
  ];
  return {
    json: { ...coverage, gone: piles.gone, streets: streets.map(withoutRings), hulls },
    text: lines(
      coverage.by,
      ...coverage.codes.map((code) => `  ${code}`),
      rows.length === 0 ? null : columns([heads, ...rows]),
    ),
  };
}

/** 'streets:110108001,110108002' and the like. @throws GewuError 'usage' */
function chosen(typed: string): CoverageChoice {
  const [by = '', codes] = typed.split(':', 2);
  if (codes === undefined) return { by: oneOf('batch', 'covers', by, ['delivered', 'nothing']) };
  return { by: oneOf('batch', 'covers', by, PLACES), codes: codes.split(',').map((code) => code.trim()) };
}

/** Outlines are for maps. */
function withoutRings({ code, name, delivered, known, missing, covered }: BatchCoverage['streets'][number]) {
  return { code, name, delivered, known, missing, covered };
}
