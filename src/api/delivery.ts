import { z } from 'zod';
import type { CellValue } from '../model/component.ts';
import type { Position } from '../model/geometry/types.ts';
import type { Derivation } from '../model/derive.ts';
import type { DatumShift } from '../model/geometry/datum-shift.ts';
import { command, job, query } from './define.ts';
import { datumShift, type DatumReport } from './datum.ts';
import { basedOn, coverage, type BatchCoverage } from './coverage.ts';
import { derivation } from './derivation.ts';
import type { WireError } from './error.ts';
import { fileRef, id, page, target, type Done, type FileRef } from './shared.ts';

export const importAs = z.enum(['component', 'unit-grid', 'street', 'community', 'unit']);
export type ImportAs = z.infer<typeof importAs>;

/** Which delivered field fills which column. Targets: any delivered column, or 'x' | 'y' | 'lon' | 'lat' | 'aliases' | 'parent_name' …; null = kept in `extra`. */
const fieldMapping = z.object({
  field: z.string(),
  to: z.string().nullable(),
  /** False: new components take the value, known ones keep theirs. */
  change: z.boolean().optional(),
  /** 'clear': a blank takes the value of a known row away. */
  blanks: z.enum(['keep', 'clear']).optional(),
});

/** How one table of a delivery is to be read, or every table where `file` and `table` are '*'; every part absent is decided by evidence. The published JSON Schema is docs/formats/mapping.schema.json. */
export const tablePlan = z.object({
  file: z.string(),
  table: z.string(),
  skip: z.boolean().optional(),
  as: importAs.optional(),
  encoding: z.string().optional(),
  /** 'EPSG:n' | 'GCJ-02' | 'GCJ-3857' | 'BD-09' | 'BJ-LOCAL' */
  crs: z.string().optional(),
  axes: z.enum(['east-north', 'swapped']).optional(),
  /** How its coordinates come to the project's datum, where that is not known or not what it seems. */
  datum: datumShift.optional(),
  scheme: z.string().optional(),
  classCode: z.string().optional(),
  headerRow: z.number().int().min(-1).optional(),
  /** Column that identifies a row; 'code' unless said. */
  key: z.string().optional(),
  mapping: z.array(fieldMapping).optional(),
  /** What a blank means to known rows, in all columns: nothing ('keep', unless said), or that the value is to go. */
  blanks: z.enum(['keep', 'clear']).optional(),
  /** Columns filled by joining fields, a part of one, a constant or a list of values. */
  derived: z.array(derivation).max(200).optional(),
});
export type TablePlan = z.infer<typeof tablePlan>;

export interface Evidence {
  code: string;
  data: Record<string, unknown>;
}
export interface InspectedTable {
  file: string;
  name: string;
  format: string;
  geometry: string;
  rows: number;
  deletedRows: number;
  encoding: {
    name: string | null;
    confidence: number;
    evidence: Evidence[];
    candidates: { name: string; score: number; samples: string[] }[];
  };
  crs: {
    code: string | null;
    axes: 'east-north' | 'swapped';
    confidence: number;
    evidence: Evidence[];
    candidates: {
      code: string;
      axes: 'east-north' | 'swapped';
      confidence: number;
      evidence: Evidence[];
      /** The shift that goes with it: what the project's own components say, or digits that were left out. */
      datum: DatumShift | null;
      /** Up to 200 of the delivered points under this candidate, project CRS metres, to be drawn on the map. */
      points: Position[];
    }[];
    /** The shift as it was said or saved, and the one the project's own components propose where one is needed. */
    datum: {
      applied: DatumReport | null;
      proposed: DatumReport | null;
      /** Why the shift that was said cannot be used. */
      refused: WireError | null;
    };
  };
  /** role: the column a field is guessed to fill, or null (kept in extra). */
  fields: {
    name: string;
    type: string;
    role: string | null;
    confidence: number;
    why: string;
    samples: string[];
    /** Known rows keep what they have in the column. */
    change?: false;
    /** The column it may be meant for, though another field fits better or its values do not fit. */
    offer?: string;
  }[];
  /** Columns filled by more or less than one whole field. */
  derived: { derivation: Derivation; confidence: number; why: string }[];
  /** The first rows as delivered, values in the order of `fields`: enough to show what a derivation makes of them. */
  firstRows: { row: number; values: (string | null)[] }[];
  as: { value: ImportAs | null; confidence: number; why: string };
  componentClass: {
    scheme: string | null;
    code: string | null;
    name: string | null;
    confidence: number;
    evidence: Evidence[];
  };
  headerRow: number | null;
  headerSignature: string;
  /** The mapping saved for this header signature, if one applied. */
  savedMapping: boolean;
  /** Left out: by the person's plan, or because it was left out of the last delivery of this form. */
  skip: boolean;
  doubts: { code: string; message: string; data: Record<string, unknown> }[];
}
export interface Inspection {
  files: { name: string; size: number; sha256: string; deliveredBefore: { batchId: number; at: string } | null }[];
  tables: InspectedTable[];
  doubts: { code: string; message: string; data: Record<string, unknown> }[];
}

export const PILES = ['new', 'changed', 'same', 'gone', 'unclear'] as const;
export type Pile = (typeof PILES)[number];
const pile = z.enum(PILES);
export type Decision = 'accept' | 'reject' | 'pending';

export interface BatchInfo {
  id: number;
  name: string;
  state: 'staging' | 'staged' | 'accepted' | 'undone' | 'superseded' | 'discarded';
  at: string;
  person: string;
  as: ImportAs;
  files: { name: string; sha256: string; size: number }[];
  tables: {
    file: string;
    table: string;
    rows: number;
    encoding: string | null;
    crs: string | null;
    axes: string;
    as: ImportAs;
    classCode: string | null;
  }[];
  rows: number;
  piles: Record<Pile, number>;
  /** Rows of each pile by decision. */
  decided: Record<Pile, Record<Decision, number>>;
  rejected: { row: number; file: string; table: string; field: string | null; code: string; message: string }[];
  rejectedTotal: number;
  warnings: { code: string; message: string; data: Record<string, unknown> }[];
  /** Revision whose state the delivery was made from; null where nobody knows. */
  basedOn: number | null;
  revision: number | null;
  acceptedRows: number;
  /** Rows an accept would bring in now, those with single accepted cells too. */
  toAccept: number;
  /** Texts cut within a character for which a known name is proposed: waiting for a person, and taken over. */
  repairs: { open: number; taken: number };
  /** Rows of the return sheet. */
  toReturn: number;
}
/** What became of rows: brought in, sent back, or not decided (rows that are the same ask for nothing). */
export interface Outcome {
  rows: number;
  broughtIn: number;
  refused: number;
  open: number;
}
export interface ReceiptTable {
  /** Place in the delivery, from 0. */
  no: number;
  file: string;
  table: string;
  rows: number;
  encoding: string | null;
  crs: string | null;
  axes: string;
  scheme: string | null;
  classCode: string | null;
  className: string | null;
  mapping: { field: string; to: string | null; change?: false; blanks?: 'clear' }[];
  derived: Derivation[];
  outcome: Outcome;
  /** Rows that could enter no pile, as far as they were kept one by one. */
  unreadable: number;
}
/** What came in, from where, read how, by whom, and what did not. */
export interface BatchReceipt {
  batch: BatchInfo;
  /** `kept`: the project holds the bytes as delivered, of a photo beside itself. */
  files: { name: string; sha256: string; size: number; kept: boolean }[];
  tables: ReceiptTable[];
  outcome: Record<Pile, Outcome>;
  /** Rows that could enter no pile, by reason. */
  unreadable: { code: string; count: number }[];
  /** What nothing was read from, and originals that are not kept. */
  leftAside: BatchInfo['warnings'];
  /** Revisions that brought it in or took it back. */
  revisions: { id: number; at: string; person: string; command: string; rows: number; undoneBy: number | null }[];
}
export interface BatchCell {
  column: string;
  was: CellValue;
  now: CellValue;
  wasName: string | null;
  nowName: string | null;
  decision: Decision;
  /** The whole name a cut text may have been, and where it is known from; only a person takes it over. */
  repair: {
    to: string;
    why: 'unit' | 'street' | 'community' | 'class' | 'address' | 'same-column';
    taken: boolean;
  } | null;
  /** e.g. 'bad-date', 'true-conflict': why a person should look. */
  doubt: string | null;
  /** Came in already, though not the whole row. */
  accepted: boolean;
  /**
   * Weighed against the version the delivery was made from. 'true-conflict' (both sides changed it) and 'stale' (still carries what a person
   * has changed since) are held back: accepted only by a decision on the cell, its row, or rows of that reason. 'edited-since': a
   * person has changed it, and the delivery says a third thing.
   */
  weighed: { code: string; base: CellValue; revision: number; at: string; person: string } | null;
}
export interface BatchRow {
  id: number;
  pile: Pile;
  /** Why it lies in this pile: 'code-unknown', 'code-twice', 'near-one', 'near-many', 'moved-within-accuracy', … with data. */
  reason: { code: string; data: Record<string, unknown> } | null;
  file: string;
  table: string;
  row: number;
  key: string | null;
  featureId: number | null;
  className: string | null;
  classCode: string | null;
  from: Position | null;
  to: Position | null;
  moved: number | null;
  cells: BatchCell[];
  decision: Decision;
  /** Brought in already; decisions about it change nothing any more. */
  accepted: boolean;
}

/** A table of a batch, as the kept bytes have it: `evidence` is null where they are not kept, `encoding` where the format has none. */
export interface BatchText {
  file: string;
  table: string;
  encoding: string | null;
  evidence: InspectedTable['encoding'] | null;
}
/** A cell under the reading that counted, and under the new one. */
export interface ReadAnew {
  file: string;
  row: number;
  /** 'extra.<field>' for a field without a column. */
  column: string;
  was: CellValue;
  now: CellValue;
}
export interface Reencoded extends Done {
  /** Rows and cells changed; of a staged batch, those that read differently. */
  rows: number;
  cells: number;
  /** Cells left alone: they hold neither reading. The first thousand, and how many in all. */
  kept: (ReadAnew & { layer: string; id: number; code: string | null; held: CellValue })[];
  keptTotal: number;
  /** Values that do not decode in the new encoding. */
  undecodable: number;
  samples: ReadAnew[];
}

const rowSelect = z.object({
  pile: pile.optional(),
  rows: z.array(id).optional(),
  classCode: z.string().optional(),
  street: z.string().optional(),
  column: z.string().optional(),
  /** Code of the reason rows lie in their pile for. */
  reason: z.string().optional(),
});

export const deliveryApi = {
  'delivery.inspect': job<Inspection>()(
    z.object({ files: z.array(fileRef).min(1).max(5000), plans: z.array(tablePlan).optional() }),
    // Without a project there is nothing to compare with; what the files hold can be told all the same.
    { lane: 'read', anytime: true },
  ),
  /** Reads, matches and stages; nothing is live. One batch a kind of thing (`as`), in the order street, community, unit-grid, unit, component. */
  'delivery.stage': job<{ batches: BatchInfo[] }>()(
    z.object({
      files: z.array(fileRef).min(1).max(5000),
      name: z.string().max(200).optional(),
      plans: z.array(tablePlan).optional(),
      as: importAs.optional(),
      dryRun: z.boolean().optional(),
      saveMapping: z.boolean().optional(),
      basedOn: basedOn.optional(),
    }),
  ),
  'batch.list': query<BatchInfo[]>()(z.object({})),
  'batch.get': query<BatchInfo>()(z.object({ id })),
  'batch.receipt': query<BatchReceipt>()(z.object({ id })),
  'batch.rows': query<{ rows: BatchRow[]; total: number }>()(
    z.object({
      id,
      pile,
      classCode: z.array(z.string()).optional(),
      column: z.array(z.string()).optional(),
      decision: z.array(z.enum(['accept', 'reject', 'pending'])).optional(),
      street: z.array(z.string()).optional(),
      reason: z.array(z.string()).optional(),
      ...page,
    }),
  ),
  'batch.facets': query<{
    classes: { value: string | null; name: string | null; count: number }[];
    columns: { value: string; count: number }[];
    decisions: { value: Decision; count: number }[];
    streets: { value: string | null; name: string | null; count: number }[];
    reasons: { value: string; count: number }[];
  }>()(z.object({ id, pile })),
  'batch.coverage': query<BatchCoverage>()(z.object({ id })),
  /** Only the gone pile changes, and only by what joins or leaves it. */
  'batch.setCoverage': command<Done & { gone: number }>()(z.object({ id, coverage })),
  'batch.decide': command<Done & { rows: number }>()(
    z.object({ id, select: rowSelect, decision: z.enum(['accept', 'reject', 'pending']) }),
  ),
  /** Takes the proposed names for cut texts over into staged cells (or back out): all, those of some rows, of one column. */
  'batch.repair': command<Done & { cells: number }>()(
    z.object({ id, rows: z.array(id).optional(), column: z.string().optional(), take: z.boolean() }),
  ),
  /** One transaction, one revision. `piles` accepts those piles' undecided rows first; absent = only rows decided 'accept'. */
  'batch.accept': job<Done & { rows: number; batch: BatchInfo }>()(
    z.object({ id, piles: z.array(z.enum(['new', 'changed', 'gone'])).optional() }),
  ),
  /** The survey team's own rows that could not be taken, in their own layout with the reasons, as one workbook; in Chinese unless said. */
  'batch.returns': job<{ files: FileRef[]; rows: number }>()(
    z.object({ id, target, language: z.enum(['zh', 'en']).optional() }),
    { lane: 'read' },
  ),
  /** The receipt as a workbook, with every row and what became of it; in Chinese unless said. */
  'batch.writeReceipt': job<{ files: FileRef[]; rows: number }>()(
    z.object({ id, target, language: z.enum(['zh', 'en']).optional() }),
    { lane: 'read' },
  ),
  /** What the kept bytes say of their encoding, table by table, with the samples under each candidate. */
  'batch.texts': job<{ tables: BatchText[] }>()(z.object({ id }), { lane: 'read' }),
  /**
   * Reads the kept bytes of a batch in another encoding. An accepted batch: one revision that changes only cells still equal to the old
   * reading, the others are listed. A staged one is staged again. `dryRun` only tells what would be changed.
   */
  'batch.reencode': job<Reencoded & { batch: BatchInfo }>()(
    z.object({
      id,
      encoding: z.string().min(1).max(40),
      file: z.string().optional(),
      dryRun: z.boolean().optional(),
    }),
  ),
  'batch.discard': command<Done>()(z.object({ id })),
  'batch.undo': command<Done & { rows: number; clashes: import('../model/change.ts').Clash[] }>()(z.object({ id })),
};
