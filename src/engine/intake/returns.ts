import { workbookFormat } from '../../formats/index.ts';
import type { WriteRow } from '../../formats/format.ts';
import type { Store, StoredBatch } from '../../project/batches/batches.ts';
import { rowsToReturn } from '../../project/batches/rows-out.ts';
import type { Written } from '../write-to.ts';

const TEXT = 'text' as const;
const FIELDS = [
  { name: 'file', title: '文件 File', type: TEXT },
  { name: 'table', title: '表 Table', type: TEXT },
  { name: 'row', title: '行 Row', type: 'integer' as const },
  { name: 'code', title: '标识码 Code', type: TEXT },
  { name: 'field', title: '字段 Field', type: TEXT },
  { name: 'value', title: '交付的值 Delivered value', type: TEXT },
  { name: 'why', title: '原因 Reason', type: TEXT },
  { name: 'reason', title: '原因代码 Reason code', type: TEXT },
];

const WHY: Record<string, string> = {
  'no-code-no-place': '既无标识码也无位置',
  'no-code': '没有标识码',
  'no-name': '没有名称',
  'no-geometry': '没有可用的面',
  'bad-date': '日期不存在',
  'no-such-part': '取不到约定的那一段',
  'not-in-list': '取值不在约定的对照表里',
  'rounded-number': '标识码末位被表格软件取整',
  'scientific-code': '标识码被写成科学计数法',
  'unknown-choice': '取值不在清单中',
  'half-character': '末尾汉字被截断',
  'code-twice': '同一标识码在交付中出现多次',
  'code-twice-in-project': '同一标识码在库中有多个部件',
  'near-one': '与库中同类部件位置重合，疑为改号',
  'near-many': '附近有多个库中同类部件',
  rejected: '数据员退回',
};

/** Rows the survey team has to look at again, one line a reason, as a workbook: unreadable ones, unclear ones, refused ones. */
export async function writeReturns(store: Store, batch: StoredBatch, path: string): Promise<Written> {
  const rows = [...linesOf(store, batch)];
  const table = { name: '退回', geometry: 'none' as const, fields: FIELDS, crs: null, rows };
  const { files } = await workbookFormat.write(table, path);
  return { files, rows: rows.length };
}

function* linesOf(store: Store, batch: StoredBatch): Generator<WriteRow> {
  const line = (values: WriteRow['values']): WriteRow => ({ values, shape: null });
  for (const { row, file, table, field, code } of batch.rejected) {
    yield line({ file, table, row, code: null, field, value: null, why: WHY[code] ?? code, reason: code });
  }
  for (const staged of rowsToReturn(store, batch.id)) {
    const table = batch.tables[staged.tableNo];
    const base = { file: table?.file ?? '', table: table?.table ?? '', row: staged.sourceRow, code: staged.key };
    const whole =
      staged.decision === 'reject' ? 'rejected' : staged.pile === 'unclear' ? (staged.reason?.code ?? 'unclear') : null;
    if (whole !== null) yield line({ ...base, field: null, value: null, why: WHY[whole] ?? whole, reason: whole });
    for (const { field, code } of staged.faults) {
      const value = field === null ? null : (staged.extra[field] ?? null);
      yield line({ ...base, field, value, why: WHY[code] ?? code, reason: code });
    }
  }
}
