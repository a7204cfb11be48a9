import type { z } from 'zod';
import { componentApi, mapApi, registryApi } from './component.ts';
import type { Definition } from './define.ts';
import { deliveryApi } from './delivery.ts';
import { gridApi } from './grid.ts';
import { projectApi } from './project.ts';
import { workApi } from './work.ts';

/** Everything one may ask of the engine. */
export const contract = {
  ...projectApi,
  ...componentApi,
  ...registryApi,
  ...mapApi,
  ...gridApi,
  ...deliveryApi,
  ...workApi,
};

export type Contract = typeof contract;
export type Method = keyof Contract;
export type Input<M extends Method> = z.output<Contract[M]['input']>;
export type Output<M extends Method> = Contract[M] extends Definition<z.ZodType, infer O> ? O : never;
export type MethodOf<K extends 'query' | 'command' | 'job'> = {
  [M in Method]: Contract[M]['kind'] extends K ? M : never;
}[Method];

export function isMethod(name: string): name is Method {
  return Object.hasOwn(contract, name);
}

/** What the engine tells without being asked. */
export type EngineEvent =
  | {
      event: 'changed';
      revision: number;
      command: string;
      layers: string[];
      /** Ids touched by layer, or null when too many to name (ask everything again). */
      ids: Record<string, number[]> | null;
      /** The window that made the change, if one did. */
      window: string | null;
    }
  | { event: 'task'; task: import('./project.ts').TaskInfo }
  | { event: 'project'; project: import('./project.ts').ProjectInfo | null }
  | { event: 'checked'; revision: number };
