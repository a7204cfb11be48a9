/** Languages a return sheet can be written in. */
export type ReturnLanguage = 'zh' | 'en';

type Pair = readonly [zh: string, en: string];

/**
 * Why a row or a cell goes back to those who surveyed it, by the code of the refusal, the pile or the fault. `{name}` is taken from the
 * reason's data. Every code that reading or staging can give a row has words here (tests/fences/intake-words.test.ts).
 */
export const REASONS: Readonly<Record<string, Pair>> = {
  // Rows that can enter no pile.
  'no-code-no-place': ['既无标识码也无位置', 'neither a code nor a place'],
  'no-code': ['没有标识码', 'no code'],
  'no-name': ['没有名称', 'no name'],
  'no-geometry': ['没有可用的面', 'no usable polygon'],
  // Rows nobody can tell, or that a person sent back.
  'code-twice': ['同一标识码在交付中出现多次', 'its code occurs more than once in the delivery'],
  'code-twice-in-project': ['库中有 {count} 个部件使用这个标识码', '{count} components of the project have this code'],
  'code-retired': ['标识码 {code} 已停用', 'code {code} was retired'],
  'near-one': [
    '与库中同类部件 {code} 相距 {distance} 米，疑为改号，请核实标识码',
    '{distance} m from {code}, of the same class: renumbered? Check the code',
  ],
  'near-many': [
    '附近有 {count} 个库中同类部件，最近的是 {code}，分不清是哪一个',
    '{count} of its class stand nearby, {code} the nearest: it cannot be told which',
  ],
  'moved-within-accuracy': [
    '移动 {moved} 米，在精度 {limit} 米之内',
    'moved {moved} m, within the accuracy of {limit} m',
  ],
  'point-of-shape': ['它的线或面在另一张表中', 'its line or area is in another table'],
  unclear: ['难以判定', 'cannot be told'],
  rejected: ['数据员退回', 'refused by the data desk'],
  'cell-rejected': ['数据员退回此值', 'this value was refused by the data desk'],
  'still-there': ['本次没有交付，而数据员确认仍在', 'not delivered, though the data desk says it is still there'],
  // Values that could not be taken as they stand.
  'bad-date': ['日期不存在', 'no such date'],
  'ambiguous-date': [
    '日期有两种读法，请写成 2026-03-05 的样子',
    'the date can be read in two ways; write it like 2026-03-05',
  ],
  'month-only': ['只有年月，没有日', 'a month without a day'],
  'not-a-date': ['不是日期', 'not a date'],
  'no-such-part': ['取不到约定的那一段', 'the agreed part is not in it'],
  'not-in-list': ['取值不在约定的对照表里', 'not in the agreed list of values'],
  'not-a-number': ['不是数字', 'not a number'],
  'number-overflow': ['数字超出字段宽度，成了星号', 'the number did not fit its field and became asterisks'],
  'rounded-number': ['标识码末位被表格软件取整', 'the code was rounded by a spreadsheet'],
  'scientific-code': ['标识码被写成科学计数法', 'the code is in scientific notation'],
  'unknown-choice': ['取值不在清单中', 'not one of the choices'],
  'half-character': ['末尾汉字被截断', 'cut within a character'],
  undecodable: ['有字节解不开，文字编码有误', 'some bytes do not decode'],
  'control-characters': ['含控制字符', 'holds control characters'],
  'too-long': ['过长', 'too long'],
  'photo-missing': ['照片没有随交付提供', 'the photo did not come with the delivery'],
  binary: ['是二进制数据', 'binary data'],
  'memo-missing': [
    '长文本在缺失的备注文件（.dbt、.fpt）中',
    'its text lies in a memo file (.dbt, .fpt) that is missing',
  ],
  'field-type-unknown': ['字段类型不明，按文字读', 'a field of unknown type, read as text'],
  'cell-error': ['公式出错', 'the formula failed'],
  'cell-damaged': ['单元格损坏', 'the cell is damaged'],
  // Shapes.
  'bad-coordinates': ['坐标无法换算', 'the coordinates cannot be converted'],
  'coordinate-not-a-number': ['坐标不是数字', 'a coordinate is no number'],
  'crs-unknown': ['坐标系未知', 'the coordinate system is not known'],
  'not-a-polygon': ['不是面', 'not a polygon'],
  'geometry-unreadable': ['图形读不出', 'the shape cannot be read'],
  'geometry-unsupported': ['不支持这种图形', 'this kind of shape is not read'],
  'shape-damaged': ['图形损坏', 'the shape is damaged'],
  'shape-not-read': ['不支持这种图形', 'this kind of shape is not read'],
  'shape-mixed': ['一个要素里混有点、线、面', 'points, lines and areas mixed in one feature'],
  'part-too-short': ['图形有一段只有一个点', 'a part of the shape has one point only'],
  'ring-closed': ['环未闭合，已代为闭合', 'a ring was not closed and has been closed'],
  'no-attributes': ['有图形而无属性记录', 'a shape without attributes'],
  'not-a-feature': ['不是要素', 'not a feature'],
};

/** A reason in words. A code without words is shown as it is. */
export function reasonWords(code: string, data: Readonly<Record<string, unknown>>, language: ReturnLanguage): string {
  const pair = REASONS[code];
  if (pair === undefined) return code;
  return (language === 'zh' ? pair[0] : pair[1]).replaceAll(/\{(\w+)\}/gu, (_, key: string) => valueWords(data[key]));
}

function valueWords(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(2);
  return typeof value === 'string' ? value : '–';
}

/** What the workbook itself says. */
export const SHEET_WORDS = {
  cover: ['退回说明', 'About'],
  list: ['退回清单', 'List'],
  rowHead: ['行号（退回）', 'Row (return)'],
  reasonHead: ['原因（退回）', 'Reason (return)'],
  colon: ['：', ': '],
  semicolon: ['；', '; '],
  title: ['格物退回单', 'Gewu return sheet'],
  delivery: ['交付', 'Delivery'],
  state: ['状态', 'State'],
  files: ['文件', 'Files'],
  received: ['接收', 'Received'],
  written: ['退回', 'Returned'],
  rows: ['交付行数', 'Rows delivered'],
  returned: ['退回行数', 'Rows returned'],
  table: ['表', 'Table'],
  reasons: ['原因', 'Reasons'],
  byReason: ['{count} 处', '{count}'],
  legend: ['说明', 'How to read it'],
  legendSheets: [
    '每张交付的表各有一页，表头和各列照原样；只列出需要再看的行。最前面两列是原表中的行号和退回原因。',
    'One sheet for each delivered table, headings and columns as they were, with only the rows to look at again. The first two columns are the row in your file and the reason.',
  ],
  legendCells: [
    '底色标出的单元格有问题，指向单元格可看原因；内容是交付的原文。',
    'Shaded cells are at fault; point at one to see why. The text is as delivered.',
  ],
  legendBack: [
    '改正后可以把这份工作簿原样交回：前两列、本页和最后一页不作为数据读取。',
    'Once corrected, this workbook can be handed in as it is: the first two columns, this sheet and the last one are not read as data.',
  ],
  noOriginal: [
    '“{table}”的原件没有保存或读不出，所列是导入时的值。',
    'The original of “{table}” was not kept or cannot be read; the values are those of the import.',
  ],
  moreRejected: [
    '另有 {count} 行进不了任何一堆而未逐行记录。',
    '{count} more rows that could enter no pile were counted, not kept.',
  ],
  moreNotes: ['每页最多 5000 个批注，其余只标底色。', 'A sheet has at most 5000 notes; further cells are shaded only.'],
} as const satisfies Record<string, Pair>;

export function sheetWords(
  key: keyof typeof SHEET_WORDS,
  language: ReturnLanguage,
  data: Readonly<Record<string, string | number>> = {},
): string {
  const pair = SHEET_WORDS[key];
  return (language === 'zh' ? pair[0] : pair[1]).replaceAll(/\{(\w+)\}/gu, (_, name: string) =>
    String(data[name] ?? ''),
  );
}

export const STATE_WORDS: Readonly<Record<string, Pair>> = {
  staging: ['读取中', 'reading'],
  staged: ['待处理', 'waiting'],
  accepted: ['已入库', 'brought in'],
  undone: ['已撤回', 'taken back'],
  superseded: ['被替代', 'superseded'],
  discarded: ['已放弃', 'discarded'],
};

/** First cell of the first sheet: by it a return sheet is known again. */
export const COVER_MARK = '格物退回单 · Gewu return sheet';

/** Headings of the list, the same in every language, so that programs find them. */
export const LIST_FIELDS = [
  '文件 File',
  '表 Table',
  '行 Row',
  '标识码 Code',
  '字段 Field',
  '交付的值 Delivered value',
  '原因 Reason',
  '原因代码 Reason code',
] as const;
