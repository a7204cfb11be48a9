import { QueryClient, keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useRef, useState } from 'react';
import type { Client, Host } from '../../api/client.ts';
import type { Input, MethodOf, Output } from '../../api/contract.ts';
import { GewuError } from '../../api/error.ts';
import type { TaskInfo } from '../../api/project.ts';
import { useTasks } from './stores/tasks.ts';
import { tellDone, tellFailure } from './tell.ts';

export interface Engine {
  client: Client;
  host: Host;
  queries: QueryClient;
  /** Asks a task to stop. */
  cancel: (id: string) => void;
}

export const EngineContext = createContext<Engine | null>(null);

export function useEngine(): Engine {
  const engine = useContext(EngineContext);
  if (engine === null) throw new Error('The engine is given by the frame; this part is drawn outside it.');
  return engine;
}
export const useClient = (): Client => useEngine().client;
export const useHost = (): Host => useEngine().host;

const OLD_LIST_CODES = new Set(['view-gone', 'unreachable']);

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Answers stay true until a 'changed' event says otherwise.
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        retry: (times, error) => times < 2 && error instanceof GewuError && OLD_LIST_CODES.has(error.code),
        networkMode: 'always',
      },
    },
  });
}

export interface QueryOptions {
  /** Keep showing the answer to the previous input while the next is on its way. */
  keep?: boolean;
  enabled?: boolean;
}

/** The answer of a query; input null means not to ask yet. Asked anew when a change touched what it depends on. */
export function useQueryOf<M extends MethodOf<'query'>>(
  method: M,
  input: Input<M> | null,
  options: QueryOptions = {},
): UseQueryResult<Output<M>> {
  const client = useClient();
  return useQuery({
    queryKey: [method, input],
    queryFn: ({ signal }) => {
      if (input === null) throw new Error(`${method} was asked without an input.`);
      return client.call(method, input, { signal });
    },
    enabled: input !== null && options.enabled !== false,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });
}

export interface CommandOptions {
  /** No toast when it is done (the place itself shows it). Failures are always told. */
  quiet?: boolean;
}

/** A change. `run` answers null when it failed, after saying so in one sentence. */
export function useCommand<M extends MethodOf<'command'>>(
  method: M,
  options: CommandOptions = {},
): { run: (input: Input<M>) => Promise<Output<M> | null>; busy: boolean } {
  const engine = useEngine();
  const [running, setRunning] = useState(0);
  const quiet = options.quiet === true;
  const run = useCallback(
    async (input: Input<M>): Promise<Output<M> | null> => {
      setRunning((n) => n + 1);
      try {
        const output = await engine.client.call(method, input);
        if (!quiet) await tellDone(engine, output);
        return output;
      } catch (error) {
        tellFailure(error);
        return null;
      } finally {
        setRunning((n) => n - 1);
      }
    },
    [engine, method, quiet],
  );
  return { run, busy: running > 0 };
}

export interface Job<M extends MethodOf<'job'>> {
  /** Answers null when it failed or was cancelled; failures are told unless `quiet`. */
  run: (input: Input<M>) => Promise<Output<M> | null>;
  cancel: () => void;
  /** Progress as the engine tells it; null before it is told. */
  task: TaskInfo | null;
  busy: boolean;
  error: Error | null;
}

/** Something long, with progress and cancel. */
export function useJob<M extends MethodOf<'job'>>(method: M, options: CommandOptions = {}): Job<M> {
  const { client } = useEngine();
  const [id, setId] = useState<string | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const stop = useRef<AbortController | null>(null);
  const task = useTasks((store) => (id === null ? null : (store.tasks[id] ?? null)));
  const quiet = options.quiet === true;
  const run = useCallback(
    async (input: Input<M>): Promise<Output<M> | null> => {
      const taskId = `${client.window}-job-${crypto.randomUUID()}`;
      const control = new AbortController();
      stop.current = control;
      setId(taskId);
      setError(null);
      try {
        return await client.call(method, input, { taskId, signal: control.signal });
      } catch (failure) {
        const own = failure instanceof Error ? failure : new Error(String(failure));
        if (!(own instanceof GewuError && own.code === 'cancelled')) {
          setError(own);
          if (!quiet) tellFailure(own);
        }
        return null;
      } finally {
        setId(null);
      }
    },
    [client, method, quiet],
  );
  return { run, cancel: () => stop.current?.abort(), task, busy: id !== null, error };
}
