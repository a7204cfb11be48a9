import { oneOf, usage } from '../args.ts';
import { flag, text, type Command, type Outcome } from '../command.ts';
import { lossText } from '../failure.ts';
import { ask, columns, given, lines, percent } from '../output.ts';
import { say, SEVERITY_WORDS, WORDS } from '../words.ts';

export const checkCommand: Command = {
  name: 'check',
  usage: ['<project> [--rule id,…] [--fail-on error|warning]'],
  options: { rule: text, 'fail-on': text },
  takes: [1, 1],
  examples: ['gewu check haidian.gpkg', 'gewu check haidian.gpkg --rule grid-gap,grid-overlap --fail-on error --json'],
  async run(desk, args): Promise<Outcome> {
    const failOn = args.values['fail-on'];
    const limit = failOn === undefined ? null : oneOf('check', 'fail-on', failOn, ['error', 'warning']);
    await desk.open(ask(args, 0));
    const rules = args.values['rule']?.split(',').map((rule) => rule.trim());
    const result = await desk.call('check.run', rules === undefined ? {} : { rules });
    const { bySeverity } = result;
    const reached = limit !== null && (bySeverity.error > 0 || (limit === 'warning' && bySeverity.warning > 0));
    const severities = (['error', 'warning', 'info'] as const).map(
      (s) => `${say(desk.language, SEVERITY_WORDS[s] ?? [s, s])} ${bySeverity[s]}`,
    );
    return {
      json: { findings: result.findings, byRule: result.byRule, bySeverity },
      text: lines(
        columns(
          Object.entries(result.byRule).map(([rule, { severity, count }]) => [
            rule,
            say(desk.language, SEVERITY_WORDS[severity] ?? [severity, severity]),
            count,
          ]),
        ),
        `${result.findings} ${say(desk.language, WORDS.findings)}: ${severities.join(' · ')}`,
      ),
      exit: reached ? 1 : 0,
    };
  },
};

const BY = ['street', 'community', 'class', 'unit', 'phase', 'grid'] as const;

export const statsCommand: Command = {
  name: 'stats',
  usage: ['<project> [--by street|community|class|unit|phase|grid] [--as-of DATE]'],
  options: { by: text, 'as-of': text },
  takes: [1, 1],
  examples: [
    'gewu stats haidian.gpkg',
    'gewu stats haidian.gpkg --by street --json',
    'gewu stats haidian.gpkg --as-of 2026-12-31',
  ],
  async run(desk, args): Promise<Outcome> {
    const { values } = args;
    // --by names the person everywhere else; here the grouping, as its values cannot be mistaken for one.
    const by = values['by'] === undefined ? {} : { by: oneOf('stats', 'by', values['by'], BY) };
    const asOf = dateOption(values['as-of']);
    await desk.open(ask(args, 0));
    const stats = await desk.call('stats.get', { ...by, ...asOf });
    const word = (pair: readonly [string, string]) => say(desk.language, pair);
    const head = ['', '', word(WORDS.components), word(WORDS.inService), word(WORDS.clear), word(WORDS.clarityRate)];
    const groups = stats.groups.map((g) => [g.key, g.name, g.components, g.inService, g.clear, percent(g.clarityRate)]);
    return {
      json: stats,
      text: lines(
        columns([
          [word(WORDS.components), stats.components],
          [word(WORDS.inService), stats.inService],
          [word(WORDS.clear), stats.clear],
          [word(WORDS.clarityRate), percent(stats.clarityRate)],
          [word(WORDS.grids), stats.grids],
          [word(WORDS.streets), stats.streets],
          [word(WORDS.communities), stats.communities],
          [word(WORDS.area), `${(stats.districtAreaM2 / 1e6).toFixed(3)} km²`],
        ]),
        groups.length === 0 ? null : `\n${columns([head, ...groups])}`,
      ),
    };
  },
};

/** @throws GewuError 'usage' */
function dateOption(value: string | undefined): { asOf?: string } {
  if (value === undefined) return {};
  const [year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(value)?.slice(1).map(Number) ?? [];
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  // A day that is not in the calendar rolls over into another.
  if (year !== undefined && date.getUTCMonth() + 1 === month && date.getUTCDate() === day) return { asOf: value };
  throw usage({ name: 'stats' }, `--as-of ${value} is no date like 2026-12-31.`, { reason: 'date', value });
}

export const reportCommand: Command = {
  name: 'report',
  usage: ['<project> <report> --out FILE [--street CODE] [--as-of DATE] [--language zh|en] [--force]'],
  options: { out: text, street: text, 'as-of': text, language: text, force: flag },
  takes: [2, 2],
  examples: [
    'gewu report haidian.gpkg base-data --out 基础数据.xlsx',
    'gewu report haidian.gpkg base-data --out book.xlsx --street 110108001 --force',
  ],
  async run(desk, args): Promise<Outcome> {
    const out = args.need('out');
    const language = oneOf('report', 'language', args.values['language'] ?? desk.language, ['zh', 'en']);
    await desk.open(ask(args, 0));
    const written = await desk.call('report.write', {
      report: ask(args, 1),
      ...given(args, 'street'),
      ...dateOption(args.values['as-of']),
      language,
      target: { ...desk.target(out), force: args.has('force') },
    });
    const files = written.files.map((file) => desk.path(file));
    return { json: { files, rows: written.rows }, text: `${say(desk.language, WORDS.written)} ${files.join(', ')}` };
  },
};

/** The beginning of a value, in one line. */
function short(value: string): string {
  const signs = Array.from(value);
  return signs.length > 60 ? `${signs.slice(0, 60).join('')}…` : signs.join('');
}

const ENCODINGS = ['gbk', 'utf-8'] as const;
const PROFILES = ['2026', '2013'] as const;

export const exportCommand: Command = {
  name: 'export',
  usage: [
    '<project> --layer component|unit_grid|street|community --format shapefile|gpkg|geojson|csv|xlsx --out PATH',
    '  [--encoding gbk|utf-8] [--crs EPSG:…] [--where "…"] [--profile 2026|2013] [--force]',
  ],
  options: {
    layer: text,
    format: text,
    out: text,
    encoding: text,
    crs: text,
    where: text,
    profile: text,
    force: flag,
  },
  takes: [1, 1],
  examples: [
    'gewu export haidian.gpkg --layer component --format shapefile --encoding gbk --out 部件.zip',
    `gewu export haidian.gpkg --layer component --format xlsx --where "clarity = unclear and state != 移除" --out 不明晰.xlsx`,
    'gewu export haidian.gpkg --layer unit_grid --format geojson --crs EPSG:4490 --out grids.geojson',
  ],
  async run(desk, args): Promise<Outcome> {
    const { values } = args;
    const out = args.need('out');
    const layer = oneOf('export', 'layer', args.need('layer'), ['component', 'unit_grid', 'street', 'community']);
    const format = oneOf('export', 'format', args.need('format'), ['shapefile', 'gpkg', 'geojson', 'csv', 'xlsx']);
    const { encoding, profile } = values;
    await desk.open(ask(args, 0));
    const written = await desk.call('export.write', {
      layer,
      format,
      ...(encoding === undefined ? {} : { encoding: oneOf('export', 'encoding', encoding, ENCODINGS) }),
      ...(profile === undefined ? {} : { profile: oneOf('export', 'profile', profile, PROFILES) }),
      ...given(args, 'crs'),
      ...given(args, 'where'),
      target: { ...desk.target(out), force: args.has('force') },
    });
    const files = written.files.map((file) => desk.path(file));
    return {
      json: { files, rows: written.rows, losses: written.losses },
      text: lines(
        `${say(desk.language, WORDS.written)} ${files.join(', ')} (${written.rows} ${say(desk.language, WORDS.rows)})`,
        ...written.losses
          .slice(0, 20)
          .map(({ row, field, code, value }) => `  ${row} ${field}: ${lossText(code, desk.language)} ${short(value)}`),
      ),
    };
  },
};
