import type { InspectedTable, TablePlan } from '../../../api/delivery.ts';
import { GewuError } from '../../../api/error.ts';
import type { FileRef } from '../../../api/shared.ts';
import type { Derivation } from '../../../model/derive.ts';
import type { Engine } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { useSession } from '../../app/stores/session.ts';
import { tellFailure } from '../../app/tell.ts';
import { NO_FLOW, useFlow } from './flow.ts';
import { isAsBefore } from './unsure.ts';

/** Begins with new files; whatever was looked at before and not staged is left behind. */
export function lookAt(engine: Engine, files: readonly FileRef[]): void {
  const { project } = useFlow.getState();
  useFlow.setState({ ...NO_FLOW, project, files });
  void inspect(engine).then(() => stageKnown(engine));
}

/** A delivery in forms that are known, with nothing to ask, goes straight to the piles: nothing is live there, and the mapping is one click away. */
function stageKnown(engine: Engine): void {
  const { inspection, job, plans } = useFlow.getState();
  if (inspection === null || job !== null || plans.length > 0 || !isAsBefore(inspection)) return;
  useFlow.setState({ asBefore: true });
  stage(engine);
}

/** From the piles back to what the files hold and how it is matched; staging again replaces what is staged. */
export function backToMatching(): void {
  useFlow.setState({ batch: null, made: [], asBefore: false });
}

/** Looks again with what the person decided; the last answer stays on the screen meanwhile. */
export async function inspect(engine: Engine): Promise<void> {
  const { job, files, plans } = useFlow.getState();
  if (job !== null) engine.cancel(job.id);
  const id = taskId(engine);
  useFlow.setState({ job: { id, method: 'delivery.inspect' }, error: null });
  const current = () => useFlow.getState().job?.id === id;
  try {
    const input = { files: [...files], ...(plans.length === 0 ? {} : { plans: [...plans] }) };
    const inspection = await engine.client.call('delivery.inspect', input, { taskId: id });
    if (current()) useFlow.setState({ inspection, job: null });
  } catch (error) {
    if (current()) useFlow.setState({ job: null, error: isCancel(error) ? null : asError(error) });
  }
}

type Decision = Partial<Omit<TablePlan, 'file' | 'table'>>;

/** Takes over what the person says about a table and looks again. */
export function decide(engine: Engine, table: Pick<InspectedTable, 'file' | 'name'>, decision: Decision): void {
  const { plans } = useFlow.getState();
  const own = planOf(plans, table) ?? { file: table.file, table: table.name };
  const next = { ...own, ...decision };
  // Another kind of thing has other columns: what was said about fields holds no more.
  if (decision.as !== undefined && decision.as !== own.as) {
    delete next.mapping;
    delete next.derived;
  }
  useFlow.setState({ plans: [...plans.filter((one) => one !== own), next] });
  void inspect(engine);
}

/** Puts fields to columns (null = kept as an extra attribute) on top of what was said before. */
export function mapFields(
  engine: Engine,
  table: InspectedTable,
  to: readonly { field: string; to: string | null }[],
): void {
  const before = planOf(useFlow.getState().plans, table)?.mapping ?? (table.savedMapping ? savedOf(table) : []);
  const fields = new Set(to.map((one) => one.field));
  // A column is filled by one field: whoever had it gives way.
  const taken = new Set(to.flatMap((one) => (one.to === null ? [] : [one.to])));
  const others = before
    .filter((one) => !fields.has(one.field))
    .map((one) => (one.to !== null && taken.has(one.to) ? { ...one, to: null } : one));
  const derived = planOf(useFlow.getState().plans, table)?.derived?.filter((one) => !taken.has(one.to));
  decide(engine, table, { mapping: [...others, ...to], ...(derived === undefined ? {} : { derived }) });
}

/** Columns made of more or less than one field: all of them, as they are to be now. Fields that filled one of them give way. */
export function deriveColumns(engine: Engine, table: InspectedTable, derived: readonly Derivation[]): void {
  const made = new Set(derived.map(({ to }) => to));
  const mapping = planOf(useFlow.getState().plans, table)?.mapping?.map((one) =>
    one.to !== null && made.has(one.to) ? { ...one, to: null } : one,
  );
  decide(engine, table, { derived: [...derived], ...(mapping === undefined ? {} : { mapping }) });
}

const savedOf = (table: InspectedTable) =>
  table.fields.map(({ name, role, change }) => ({ field: name, to: role, ...(change === false ? { change } : {}) }));

export function planOf(
  plans: readonly TablePlan[],
  table: Pick<InspectedTable, 'file' | 'name'>,
): TablePlan | undefined {
  return plans.find((plan) => plan.file === table.file && plan.table === table.name);
}

/** Reads everything, compares it with the project and lays it out in piles. Nothing is live afterwards. */
export function stage(engine: Engine): void {
  withPerson(() => void stageNow(engine));
}

async function stageNow(engine: Engine): Promise<void> {
  const { files, plans, saveMapping, clearBlanks } = useFlow.getState();
  const id = taskId(engine);
  useFlow.setState({ job: { id, method: 'delivery.stage' }, error: null });
  try {
    const every: TablePlan[] = clearBlanks ? [{ file: '*', table: '*', blanks: 'clear' }] : [];
    const input = { files: [...files], plans: [...plans, ...every], saveMapping };
    const { batches } = await engine.client.call('delivery.stage', input, { taskId: id });
    refreshBatches(engine);
    const made = batches.map((batch) => batch.id);
    useFlow.setState({ job: null, made, batch: made[0] ?? null });
  } catch (error) {
    useFlow.setState({ job: null });
    if (!isCancel(error)) tellFailure(error);
  }
}

export function stop(engine: Engine): void {
  const { job } = useFlow.getState();
  if (job !== null) engine.cancel(job.id);
}

/** Back to the list of deliveries; what is staged stays staged. */
export function leave(engine: Engine): void {
  stop(engine);
  useFlow.setState({ ...NO_FLOW, project: useFlow.getState().project });
}

/** One delivery, from anywhere in the window. */
export function openBatch(id: number): void {
  const project = useSession.getState().project?.file.name ?? null;
  if (useFlow.getState().project !== project) useFlow.setState({ ...NO_FLOW, project });
  useFlow.setState({ batch: id, made: [] });
  useSession.getState().go('import');
}

/** Decisions about staged rows make no revision, so nobody tells the lists that they changed. */
export function refreshBatches(engine: Engine): void {
  for (const method of ['batch.list', 'batch.get', 'batch.rows', 'batch.facets', 'batch.coverage', 'overview.get']) {
    void engine.queries.invalidateQueries({ queryKey: [method] });
  }
}

const taskId = (engine: Engine) => `${engine.client.window}-import-${crypto.randomUUID()}`;
const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));
const isCancel = (error: unknown) => error instanceof GewuError && error.code === 'cancelled';
