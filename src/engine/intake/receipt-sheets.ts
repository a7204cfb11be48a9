import { PILES, type BatchReceipt, type Outcome } from '../../api/delivery.ts';
import { writeSheets, type SheetCell, type SheetToWrite } from '../../formats/index.ts';
import type { Store, StoredBatch } from '../../project/batches/batches.ts';
import { outcomeRows, type OutcomeRow } from '../../project/batches/receipt.ts';
import type { Written } from '../write-to.ts';
import { localTime } from './local-time.ts';
import { BECAME, columnWords, KIND_WORDS, leftAsideWords, PILE_NAMES, receiptWords } from './receipt-words.ts';
import { reasonWords, STATE_WORDS, type ReturnLanguage } from './returns/words.ts';

/** What a revision of a batch did; any other took one of them back. */
const REVISION_WORDS: Readonly<Record<string, 'broughtIn' | 'reencoded'>> = {
  'batch.accept': 'broughtIn',
  'batch.reencode': 'reencoded',
};

/** The receipt as a workbook: what came in and how it was read, the fields of every table, and every row with what became of it. */
export async function writeReceipt(
  store: Store,
  batch: StoredBatch,
  receipt: BatchReceipt,
  language: ReturnLanguage,
  path: string,
): Promise<Written> {
  const sheets = [summary(receipt, language), fields(receipt, language), rowList(store, batch, language)];
  const [, , rows = 0] = await writeSheets(sheets, path);
  return { files: [path], rows };
}

const head = (...texts: string[]): SheetCell[] => texts.map((text) => ({ text, look: 'head' }));
const line = (...texts: (string | number | null)[]): SheetCell[] =>
  texts.map((text) => ({ text: text === null ? null : String(text) }));
const fact = (name: string, ...values: (string | number | null)[]): SheetCell[] => [
  { text: name, look: 'faint' },
  ...line(...values),
];

function summary(receipt: BatchReceipt, language: ReturnLanguage): SheetToWrite {
  const { batch } = receipt;
  const say = (key: Parameters<typeof receiptWords>[0]) => receiptWords(key, language);
  const pair = (words: readonly [string, string] | undefined, or: string) =>
    words === undefined ? or : words[language === 'zh' ? 0 : 1];
  const outcome = ({ rows, broughtIn, refused, open }: Outcome) => [rows, broughtIn, refused, open];
  const rows = [
    fact(say('delivery'), batch.name),
    fact(say('number'), batch.id),
    fact(say('kind'), pair(KIND_WORDS[batch.as], batch.as)),
    fact(say('state'), pair(STATE_WORDS[batch.state], batch.state)),
    fact(say('received'), localTime(batch.at), batch.person),
    fact(say('rows'), batch.rows),
    fact(say('broughtIn'), batch.acceptedRows),
    fact(say('unreadable'), batch.rejectedTotal),
    [],
    head(say('pile'), say('rows'), say('broughtIn'), say('refused'), say('open')),
    ...PILES.map((pile) => line(pair(PILE_NAMES[pile], pile), ...outcome(receipt.outcome[pile]))),
    ...receipt.unreadable.map(({ code, count }) => line(reasonWords(code, {}, language), count)),
    [],
    head(
      say('table'),
      say('rows'),
      say('broughtIn'),
      say('refused'),
      say('open'),
      say('file'),
      say('class'),
      say('encoding'),
      say('crs'),
    ),
    ...receipt.tables.map((table) => [
      ...line(table.table, ...outcome({ ...table.outcome, rows: table.rows })),
      ...line(table.file, table.classCode === null ? null : `${table.className ?? ''} ${table.classCode}`.trim()),
      ...line(table.encoding, table.crs),
    ]),
    [],
    head(say('file'), say('size'), say('original'), 'SHA-256'),
    ...receipt.files.map(({ name, size, kept, sha256 }) => line(name, size, say(kept ? 'kept' : 'notKept'), sha256)),
    ...(receipt.leftAside.length === 0 ? [] : [[], head(say('leftAside'))]),
    ...receipt.leftAside.map((left) => line(leftAsideWords(left, language))),
    [],
    head(say('revision'), say('when'), say('who'), say('rows'), say('became')),
    ...receipt.revisions.map(({ id, at, person, rows: changed, command, undoneBy }) =>
      line(
        id,
        localTime(at),
        person,
        changed,
        say(undoneBy !== null ? 'takenBack' : (REVISION_WORDS[command] ?? 'undo')),
      ),
    ),
  ];
  return {
    name: say('receipt'),
    widths: [30, 20, 12, 12, 12, 26, 22, 12, 14],
    head: [[{ text: `${say('title')}  ${batch.name}`, look: 'title' }]],
    rows,
  };
}

function fields({ tables, batch }: BatchReceipt, language: ReturnLanguage): SheetToWrite {
  const say = (key: Parameters<typeof receiptWords>[0]) => receiptWords(key, language);
  const rows = tables.flatMap(({ file, table, mapping, derived }) => [
    ...mapping.map(({ field, to }) =>
      line(file, table, field, to === null ? say('extra') : columnWords(batch.as, to, language)),
    ),
    ...derived.map((one) => line(file, table, 'from' in one ? one.from.join(' + ') : `"${one.value}"`, one.to)),
  ]);
  return {
    name: say('fields'),
    widths: [26, 26, 30, 26],
    head: [head(say('file'), say('table'), say('field'), say('column'))],
    filterRow: 0,
    rows,
  };
}

function rowList(store: Store, batch: StoredBatch, language: ReturnLanguage): SheetToWrite {
  const say = (key: Parameters<typeof receiptWords>[0]) => receiptWords(key, language);
  return {
    name: say('rowList'),
    widths: [26, 26, 10, 24, 12, 14],
    head: [head(say('file'), say('table'), say('row'), say('code'), say('pile'), say('became'))],
    filterRow: 0,
    rows: listedRows(store, batch, language),
  };
}

function* listedRows(store: Store, batch: StoredBatch, language: ReturnLanguage): Generator<SheetCell[]> {
  const at = language === 'zh' ? 0 : 1;
  for (const { file, table, row, code } of batch.rejected)
    yield line(file, table, row, null, null, reasonWords(code, {}, language));
  for (const row of outcomeRows(store, batch.id)) {
    const table = batch.tables[row.tableNo];
    const place = row.sourceRow > 0 ? row.sourceRow : null;
    const pile = PILE_NAMES[row.pile][at];
    yield line(table?.file ?? null, table?.table ?? null, place, row.key, pile, BECAME[becameOf(row)][at]);
  }
}

function becameOf({ accepted, decision, pile }: OutcomeRow): keyof typeof BECAME {
  if (accepted === 1) return pile === 'gone' ? 'retired' : 'broughtIn';
  if (decision === 'reject') return 'refused';
  return pile === 'same' ? 'same' : 'open';
}
