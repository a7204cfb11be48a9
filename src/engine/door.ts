import { contract, type Method } from '../api/contract.ts';
import { GewuError } from '../api/error.ts';

/**
 * Every input is checked here and nowhere else.
 * @throws GewuError 'input' naming the first place that does not fit, e.g. {path: 'changes.0.id', problem: …}
 */
export function parseInput(method: Method, input: unknown): unknown {
  const parsed = contract[method].input.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  const path = first?.path.join('.') ?? '';
  const problem = first?.message ?? 'not usable';
  throw new GewuError('input', `${method}: ${path === '' ? 'the input' : path} is not usable: ${problem}.`, {
    reason: 'not-usable',
    method,
    path,
    problem,
    issue: first?.code ?? 'custom',
  });
}
