import type { Database } from 'better-sqlite3';
import { CLARITIES, inService } from '../../model/component.ts';
import { OUT_OF_SERVICE_INDEX } from '../../model/tile.ts';
import { classKey, classOrder, classPairs } from '../queries/classes.ts';
import { eachNumber, type ColumnCache } from '../queries/columns.ts';
import type { Reader } from '../queries/reader.ts';

/** What a tile's byte says of a class it has no number for. */
const UNKNOWN_CLASS = 255;

const OPEN_FINDINGS = `SELECT group_concat(DISTINCT f.feature_id) FROM gewu_finding g JOIN gewu_finding_feature f ON f.finding_id = g.id
  WHERE g.phase = 'open' AND f.layer = 'component'`;
const SHAPED = `SELECT group_concat(component_id) FROM
  (SELECT component_id FROM component_line WHERE component_id IS NOT NULL
   UNION SELECT component_id FROM component_area WHERE component_id IS NOT NULL)`;

/** How each component is drawn, by id: read whole from the columns at one state of the project. */
export class Looks {
  readonly #classes: Uint8Array;
  readonly #levels: Uint8Array;
  readonly #findings: Uint8Array;
  readonly #shapes: Uint8Array;

  constructor(reader: Reader, columns: ColumnCache) {
    const { db } = reader;
    const order = classOrder(db);
    const pairs = classPairs(reader, columns);
    const numbers = Uint8Array.from(pairs.keys, ({ scheme, code }) =>
      Math.min(order.get(classKey(scheme, code)) ?? UNKNOWN_CLASS, UNKNOWN_CLASS),
    );
    const clarity = columns.column(db, 'clarity');
    const state = columns.column(db, 'state');
    const levels = Uint8Array.from(clarity.values, (value) => {
      const level = CLARITIES.findIndex((each) => each === value);
      return level < 0 ? CLARITIES.indexOf('unclear') : level;
    });
    const serving = Uint8Array.from(state.values, (value) =>
      inService(value === null ? null : String(value)) ? 1 : 0,
    );
    const size = pairs.codes.length;
    this.#classes = new Uint8Array(size).fill(UNKNOWN_CLASS);
    this.#levels = new Uint8Array(size);
    for (let id = 0; id < size; id++) {
      const pair = pairs.codes[id] ?? -1;
      if (pair < 0) continue;
      this.#classes[id] = numbers[pair] ?? UNKNOWN_CLASS;
      this.#levels[id] =
        serving[state.codes[id] ?? -1] === 0
          ? OUT_OF_SERVICE_INDEX
          : (levels[clarity.codes[id] ?? -1] ?? OUT_OF_SERVICE_INDEX);
    }
    this.#findings = marked(db, OPEN_FINDINGS, size);
    this.#shapes = marked(db, SHAPED, size);
  }

  /** Place in `class.list`, UNKNOWN_CLASS where it has none or a byte can't hold it. */
  classOf(id: number): number {
    return this.#classes[id] ?? UNKNOWN_CLASS;
  }
  /** Place in CLARITY_INDEX, or OUT_OF_SERVICE_INDEX. */
  clarityOf(id: number): number {
    return this.#levels[id] ?? OUT_OF_SERVICE_INDEX;
  }
  hasFinding(id: number): boolean {
    return this.#findings[id] === 1;
  }
  hasShape(id: number): boolean {
    return this.#shapes[id] === 1;
  }
}

function marked(db: Database, sql: string, size: number): Uint8Array {
  const marks = new Uint8Array(size);
  eachNumber(db.prepare<[], string | null>(sql).pluck().get() ?? '', (id) => {
    if (id < size) marks[id] = 1;
  });
  return marks;
}
