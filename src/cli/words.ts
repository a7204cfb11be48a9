import type { WordLanguage } from '../api/words/sentence.ts';

/** Words of the command line. Every sentence a person reads exists in both languages. */
export type Language = WordLanguage;

type Pair = readonly [zh: string, en: string];
export function say(language: Language, [zh, en]: Pair): string {
  return language === 'zh' ? zh : en;
}

export const ABOUT: Readonly<Record<string, Pair>> = {
  new: ['新建一个空项目', 'makes an empty project'],
  sample: ['生成示例区，经正常导入流程入库', 'makes the sample district, brought in through the ordinary import'],
  inspect: [
    '查看交付数据的内容：表、编码、坐标系、字段、样例、疑点',
    'tells what a delivery holds: tables, encoding, CRS, fields, samples, doubts',
  ],
  import: [
    '导入交付数据，暂存为一个批次，并可接收',
    'brings a delivery in as a staged batch and accepts it where asked',
  ],
  batch: [
    '列出、查看、接收或撤回批次，更改文本编码',
    'lists, shows, accepts or takes back batches, or reads them in another encoding',
  ],
  check: ['质量检查', 'runs the checks'],
  stats: ['统计数量与权责明晰率', 'counts, and the clarity rate'],
  grid: ['编辑单元网格，查找拓扑错误', 'edits the unit grids and finds faults of the tiling'],
  report: ['生成报表', 'writes a report'],
  export: ['导出图层', 'writes a layer to a file'],
  history: ['列出修订历史', 'lists the revisions'],
  undo: ['撤销一次修订', 'takes a revision back'],
  redo: ['重做最近一次撤销', 'takes the latest undo back'],
  serve: ['在浏览器中打开', 'serves the app to a browser on this computer'],
};

export const WORDS = {
  tagline: ['格物 Gewu：城市部件、权责与单元网格', 'Gewu 格物: city components, who answers for them, and unit grids'],
  usage: ['用法', 'Usage'],
  commands: ['命令', 'Commands'],
  options: ['选项', 'Options'],
  examples: ['示例', 'Examples'],
  everyCommand: [
    '每个命令都可用：--json  --by 姓名  --help  --version；打开项目时：--read-only 只读  --take-over 解除别的电脑留下的占用',
    'Every command takes: --json  --by NAME  --help  --version; to open a project: --read-only, or --take-over of one left open on another computer',
  ],
  exits: [
    '退出码：0 完成 · 1 完成，但达到 --fail-on · 2 输入或参数不可用 · 3 程序故障 · 130 被用户中止',
    'Exit status: 0 done · 1 done, --fail-on reached · 2 input or arguments not usable · 3 a fault · 130 stopped by the user',
  ],
  made: ['已创建', 'Made'],
  deliveredRows: ['已交付', 'delivered'],
  knownRows: ['在用', 'in service'],
  missingRows: ['未交付', 'not delivered'],
  written: ['已写入', 'Wrote'],
  rows: ['行', 'rows'],
  components: ['部件', 'components'],
  inService: ['在用', 'in service'],
  clear: ['明晰', 'clear'],
  clarityRate: ['明晰率', 'clarity rate'],
  grids: ['单元网格', 'unit grids'],
  streets: ['街道（镇）', 'streets and towns'],
  communities: ['社区（村）', 'communities'],
  area: ['面积', 'area'],
  none: ['（无）', '(none)'],
  batch: ['批次', 'Batch'],
  accepted: ['已接收', 'accepted'],
  rejected: ['未能入库', 'rejected'],
  offKnown: ['与库中已知位置一致偏离', 'off the known places, all the same way'],
  shiftProposed: ['可按已知部件转换', 'shift by known components'],
  shiftApplied: ['基准转换', 'datum shift'],
  leftOver: ['残差中误差', 'leaves over (rms)'],
  atMost: ['最大', 'at most'],
  warning: ['提示', 'Note'],
  findings: ['问题', 'findings'],
  revision: ['修订', 'Revision'],
  cells: ['个单元格', 'cells'],
  stagedAgain: ['已重新暂存为批次', 'Staged again as batch'],
  undecodable: ['按此编码解不开的值', 'Values that do not decode in this encoding'],
  undid: ['撤回了修订', 'took back revision'],
  nothingChanged: ['没有需要改动之处', 'nothing had to change'],
  clashes: ['因后来又被修改而保留的单元格', 'cells kept because a later revision changed them'],
  moved: ['改变所在网格的部件', 'components whose grid changed'],
  faults: ['拓扑错误', 'faults of the tiling'],
  log: ['日志', 'Log'],
  stopped: ['已中止，没有留下改动。', 'Stopped; nothing was left half-written.'],
} as const satisfies Record<string, Pair>;

export const PILE_WORDS: Readonly<Record<string, Pair>> = {
  new: ['新增', 'new'],
  changed: ['变更', 'changed'],
  same: ['相同', 'same'],
  gone: ['消失', 'gone'],
  unclear: ['待定', "can't tell"],
};
export const FAULT_WORDS: Readonly<Record<string, Pair>> = {
  gaps: ['缝隙', 'gaps'],
  overlaps: ['重叠', 'overlaps'],
  tJunctions: ['丁字接点', 'T-junctions'],
  outside: ['越界', 'outside'],
};
export const SEVERITY_WORDS: Readonly<Record<string, Pair>> = {
  error: ['错误', 'errors'],
  warning: ['警告', 'warnings'],
  info: ['提示', 'notes'],
};

/** What a job is doing, by the stage it names. */
export const STAGES: Readonly<Record<string, Pair>> = {
  waiting: ['等待', 'waiting'],
  starting: ['开始', 'starting'],
  generating: ['生成示例数据', 'making sample deliveries'],
  reading: ['读取', 'reading'],
  looking: ['查看', 'looking at tables'],
  matching: ['比对', 'matching'],
  staging: ['暂存', 'staging'],
  accepting: ['接收', 'accepting'],
  photos: ['存放照片', 'keeping photos'],
  writing: ['写入', 'writing'],
  checking: ['检查', 'checking'],
  'checking-layers': ['检查图层', 'checking layers'],
};

/** What of a delivery is unsure, and the option that settles it; every other refusal is said as `src/api/words` has it. */
export const WITH_OPTION: Readonly<Record<string, string>> = {
  exists: '“{{path}}”已存在；换一个名称，或加 --force 替换。',
  'encoding-unsure': '{{file}}：字节不足以判定文字编码，请用 --encoding 指定（可选：{{candidates}}）。',
  'datum-unsure':
    '{{file}}：按 {{crs}} 读，与 {{agreeing}} 个已知位置一致偏离 {{metres}} 米，多半是另一基准的坐标；请用 --datum 给出基准转换，或用 --crs 指定坐标系（确为 {{crs}} 亦须写明）。',
  'datum-shift-unknown':
    '{{file}}：坐标系 {{crs}} 与项目坐标系之间的转换参数未知，请用 --datum 给出（参数、控制点或已知部件），或用 --crs 指定其他坐标系。',
  'crs-unsure': '{{file}}：无法确定点位所用的坐标系，请用 --crs 指定（可选：{{candidates}}）。',
};
export const BATCH_STATES: Readonly<Record<string, Pair>> = {
  staging: ['正在暂存', 'staging'],
  staged: ['已暂存', 'staged'],
  accepted: ['已接收', 'accepted'],
  undone: ['已撤回', 'undone'],
  superseded: ['已被替代', 'superseded'],
  discarded: ['已放弃', 'discarded'],
};
