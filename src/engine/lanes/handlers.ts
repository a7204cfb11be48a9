import type { Contract, Input, Method, Output } from '../../api/contract.ts';
import type { ImportAs } from '../../api/delivery.ts';
import type { ProjectInfo } from '../../api/project.ts';
import type { LaneContext } from './context.ts';

type Of<L, K> = {
  [M in Method]: Contract[M]['lane'] extends L ? (Contract[M]['kind'] extends K ? M : never) : never;
}[Method];

/** Queries of the read lane. */
export type ReadMethod = Of<'read', 'query' | 'command'>;
export type MapMethod = Of<'map', 'query'>;
/** Changes of the project, each one transaction: they never await. */
export type CommandMethod = Of<'write', 'command'>;
export type WriteJobMethod = Of<'write', 'job'>;
/** Jobs that read only; they run aside. */
export type AsideMethod = Of<'read', 'job'>;
export type EngineMethod = Of<'engine', 'query' | 'command' | 'job'>;

type Ask<M extends Method> = (ctx: LaneContext, input: Input<M>) => Output<M> | Promise<Output<M>>;
type AskNow<M extends Method> = (ctx: LaneContext, input: Input<M>) => Output<M>;

/** A forgotten, surplus or mistyped handler does not compile. */
export type ReadHandlers = { [M in ReadMethod]: Ask<M> };
export type MapHandlers = { [M in MapMethod]: Ask<M> };
export type CommandHandlers = { [M in CommandMethod]: AskNow<M> };
export type WriteJobHandlers = { [M in WriteJobMethod]: Ask<M> };
export type AsideHandlers = { [M in AsideMethod]: Ask<M> };
export type WriteHandlers = CommandHandlers & WriteJobHandlers & ChoreHandlers;

/** The description of an open project as a lane can give it: tokens are the engine's matter. */
export type LaneProjectInfo = Omit<ProjectInfo, 'file'>;

/** What the engine itself asks of its lanes; no shell can name these. */
export interface Chores {
  'chore.create': {
    input: { path: string; district: string; districtName: string; crs: string; scheme: string; force: boolean };
    output: null;
  };
  /** Opens the connection of the lane now (other lanes open when first asked) and describes the project. */
  'chore.describe': { input: null; output: LaneProjectInfo };
  'chore.backups': {
    input: { path: string };
    output: { path: string; at: string; size: number; reason: 'daily' | 'migration' | 'restore' }[];
  };
  /** Puts a backup in the place of its (closed) project and answers the project's path. */
  'chore.restore': { input: { backup: string }; output: { path: string } };
  'chore.saveClean': { input: { to: string }; output: null };
}
export type ChoreHandlers = {
  [C in keyof Chores]: (
    ctx: LaneContext,
    input: Chores[C]['input'],
  ) => Chores[C]['output'] | Promise<Chores[C]['output']>;
};
/** Chores of the aside lane. */
export interface AsideChores {
  /** Writes the deliveries of the sample district into a folder, in the order they are to be brought in. */
  'chore.sample': { input: { folder: string; components: number; seed: number }; output: SampleDelivery[] };
}
export type AsideChoreHandlers = {
  [C in keyof AsideChores]: (
    ctx: LaneContext,
    input: AsideChores[C]['input'],
  ) => AsideChores[C]['output'] | Promise<AsideChores[C]['output']>;
};
/** A delivery of the sample district as its module describes it. */
export interface SampleDelivery {
  name: string;
  /** Absolute paths. */
  files: string[];
  as: ImportAs;
  /** What must be told beyond the files; empty where they speak for themselves. */
  options: { crs?: string; encoding?: string };
  accept: ('new' | 'changed' | 'gone')[];
}

/** A handler with its types worn off, as a lane looks it up by name. */
export type AnyHandler = (ctx: LaneContext, input: unknown) => unknown;
export type HandlerTable = Readonly<Record<string, AnyHandler>>;

/**
 * Joins typed groups of handlers into the table a lane looks names up in. The door has parsed the input with the method's own schema,
 * which is what the worn-off type relies on.
 */
export function table(...groups: object[]): HandlerTable {
  return Object.assign({ __proto__: null }, ...groups) as HandlerTable;
}
