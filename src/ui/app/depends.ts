/** Tables a method's answer is made from; '*' any. What is not named here depends on nothing in the project. */
const DEPENDS: readonly [prefix: string, tables: readonly string[]][] = [
  ['component.', ['component', 'unit', 'unit_alias', 'unit_grid', 'street', 'community', 'gewu_finding']],
  ['class.', ['component']],
  ['unit.', ['unit', 'unit_alias', 'component']],
  ['map.outline', ['street', 'community']],
  ['map.', ['component', 'unit_grid', 'street', 'community']],
  ['stats.', ['*']],
  ['overview.', ['*']],
  ['grid.', ['unit_grid', 'component', 'unit', 'street', 'community']],
  ['batch.', ['*']],
  ['history.', ['*']],
  ['report.preview', ['*']],
  ['project.info', ['*']],
];
/** A page of a view stays what it was; after a change there is a new view with pages of its own. */
const PAGES = new Set(['component.rows', 'grid.rows', 'component.position', 'grid.position', 'grid.ids']);

export function dependsOn(method: string, layers: readonly string[]): boolean {
  if (PAGES.has(method)) return false;
  const tables = DEPENDS.find(([prefix]) => method.startsWith(prefix))?.[1];
  return tables !== undefined && (tables.includes('*') || tables.some((table) => layers.includes(table)));
}
