import type { ImportAs, TablePlan } from '../../api/delivery.ts';
import type { Derivation } from '../../model/derive.ts';
import { fitDerivations } from './derive.ts';
import { guessDerived } from './guess-derived.ts';
import { headingKey } from './dictionary.ts';
import { fitsColumn, type GuessContext } from './column-claims.ts';
import { guessFields, type FieldGuess } from './guess-fields.ts';

/** A column filled by more or less than one whole field, and why. */
export interface DerivedGuess {
  derivation: Derivation;
  confidence: number;
  why: string;
}

export interface MappingDecision {
  fields: FieldGuess[];
  derived: DerivedGuess[];
}

type Why = 'given' | 'saved';

/** What somebody said of the fields: a person now ('given'), or at an earlier delivery of this form ('saved'). Null: nothing was said. */
export interface SaidMapping {
  mapping: { entries: NonNullable<TablePlan['mapping']>; why: Why } | null;
  derived: { entries: readonly Derivation[]; why: Why } | null;
}

/** A person's word goes before what was saved, for the fields and for the derived columns each on its own. */
export function saidMapping(
  given: { mapping: TablePlan['mapping']; derived: TablePlan['derived'] },
  saved: Pick<TablePlan, 'mapping' | 'derived'> | null,
): SaidMapping {
  const say = <T>(now: T | undefined, before: T | undefined): { entries: T; why: Why } | null => {
    if (now !== undefined) return { entries: now, why: 'given' };
    return before === undefined ? null : { entries: before, why: 'saved' };
  };
  return {
    mapping: say(given.mapping, saved?.mapping),
    derived: say<readonly Derivation[]>(given.derived, saved?.derived),
  };
}

/** Which field fills which column: as somebody said, and by guess for the rest. A column is filled once. */
export function decideMapping(
  context: GuessContext,
  as: ImportAs | null,
  fields: { name: string; samples: string[] }[],
  said: SaidMapping,
): MappingDecision {
  if (as === null) {
    const open = fields.map(({ name }): FieldGuess => ({ field: name, to: null, confidence: 0, why: 'not-matched' }));
    return { fields: open, derived: [] };
  }
  const found =
    as === 'component' && said.derived === null ? guessDerived(context.catalogue, fields, context.placed) : [];
  const guesses = guessFields(context, as, fields);
  const headings = new Set(fields.map(({ name }) => headingKey(name)));
  // What a person now makes of several fields goes before what one of them filled last time.
  const remade = new Set(said.derived?.why === 'given' ? said.derived.entries.map(({ to }) => to) : []);
  const present = (said.mapping?.entries ?? [])
    .filter(({ field }) => headings.has(headingKey(field)))
    .map((entry) =>
      said.mapping?.why === 'saved' && entry.to !== null && remade.has(entry.to) ? { ...entry, to: null } : entry,
    );
  const wished = new Map(present.map((entry) => [headingKey(entry.field), entry]));
  const mappedTo = new Set(present.flatMap(({ to }) => (to === null ? [] : [to])));
  const why = said.derived?.why ?? 'given';
  const derived = fitDerivations(
    said.derived?.entries ?? [],
    fields.map(({ name }) => name),
  ).filter(({ to }) => why === 'given' || !mappedTo.has(to));
  // What is put together from two fields goes before one of them; what is cut out of one fills only what nothing else does.
  const own = new Set(guesses.flatMap(({ to }) => (to === null ? [] : [to])));
  const guessed = found.filter(({ derivation: { to }, replaces }) => !mappedTo.has(to) && (replaces || !own.has(to)));
  const claimed = new Set([...mappedTo, ...derived.map(({ to }) => to), ...guessed.map((one) => one.derivation.to)]);
  // A column that was given to one field is taken from any other that was guessed for it.
  const decided = guesses.map((guess, i): FieldGuess => {
    const wish = wished.get(headingKey(guess.field));
    if (wish !== undefined) return asSaid(wish, guess.field, fields[i]?.samples ?? [], said.mapping?.why ?? 'given');
    return guess.to !== null && claimed.has(guess.to)
      ? { ...guess, to: null, why: 'another-field-fits-better', offer: guess.to }
      : guess;
  });
  return {
    derived: [
      ...derived.map((derivation) => ({ derivation, confidence: 1, why })),
      ...guessed.map(({ derivation, confidence, why: reason }) => ({ derivation, confidence, why: reason })),
    ],
    fields: said.mapping?.why === 'saved' ? renamed(decided, fields, said.mapping.entries, wished) : decided,
  };
}

type Entry = NonNullable<TablePlan['mapping']>[number];

/** Most values of a column must still be what it takes; else what was saved is asked about again. */
const STILL_FITS = 0.2;

function asSaid({ to, change, blanks }: Entry, field: string, samples: string[], why: Why): FieldGuess {
  const kept = { ...(change === false ? { change } : {}), ...(blanks === 'clear' ? { blanks } : {}) };
  if (why === 'saved' && to !== null && samples.length > 2 && fitsColumn(to, samples) < STILL_FITS)
    return { field, to, confidence: 0.5, why: 'values-changed', ...kept };
  return { field, to, confidence: 1, why, ...kept };
}

/** One field went and one came that nothing speaks for: perhaps it changed its name. Proposed, and asked about. */
function renamed(
  decided: FieldGuess[],
  fields: { name: string; samples: string[] }[],
  saved: Entry[],
  present: ReadonlyMap<string, Entry>,
): FieldGuess[] {
  const filled = new Set(decided.flatMap(({ to }) => (to === null ? [] : [to])));
  const gone = saved.filter(({ field, to }) => to !== null && !present.has(headingKey(field)) && !filled.has(to));
  const came = decided.filter(({ field, to }) => to === null && !present.has(headingKey(field)));
  const [old] = gone;
  const [fresh] = came;
  if (gone.length !== 1 || came.length !== 1 || old?.to == null || fresh === undefined) return decided;
  const samples = fields.find(({ name }) => name === fresh.field)?.samples ?? [];
  if (samples.length === 0 || fitsColumn(old.to, samples) < 0.8) return decided;
  const proposed: FieldGuess = { field: fresh.field, to: old.to, confidence: 0.6, why: 'renamed' };
  return decided.map((guess) => (guess === fresh ? proposed : guess));
}
