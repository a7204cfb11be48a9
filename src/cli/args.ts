import { parseArgs } from 'node:util';
import { GewuError } from '../api/error.ts';
import { flag, text, type Arguments, type Command } from './command.ts';

/** Options every command takes. */
const COMMON = { json: flag, by: text, 'read-only': flag, 'take-over': flag, help: flag, version: flag } as const;

/** @throws GewuError 'usage' for unknown options, missing values and the wrong number of arguments */
export function readArguments(command: Command, argv: readonly string[]): Arguments {
  const { values, positionals } = parse(command, argv);
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) given[name] = value === true ? '' : String(value);
  const has = (option: string) => Object.hasOwn(given, option);
  const [least, most] = command.takes;
  if (!has('help') && (positionals.length < least || positionals.length > most)) {
    const number = most === least ? `${least} argument(s)` : `${least} to ${most} arguments`;
    throw usage(command, `gewu ${command.name} takes ${number}, not ${positionals.length}.`, {
      reason: 'count',
      least,
      most: most === least ? null : most,
      given: positionals.length,
    });
  }
  return {
    positionals,
    values: given,
    has,
    need(option) {
      const value = given[option];
      if (value === undefined || value === '')
        throw usage(command, `gewu ${command.name} needs --${option}.`, { reason: 'needed', option });
      return value;
    },
  };
}

function parse(command: Command, argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { ...command.options, ...COMMON },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw usage(command, error instanceof Error ? error.message : String(error), { reason: 'option' });
  }
}

/** `data.reason` says what is wrong with the arguments; the Chinese sentence goes by it. */
export function usage(
  command: Pick<Command, 'name'>,
  message: string,
  data: Record<string, unknown> & { reason: string },
): GewuError {
  return new GewuError('usage', `${message} See gewu ${command.name} --help.`, { command: command.name, ...data });
}

/** One of a closed list. @throws GewuError 'usage' */
export function oneOf<T extends string>(command: string, option: string, value: string, known: readonly T[]): T {
  const found = known.find((entry) => entry === value);
  if (found !== undefined) return found;
  throw usage({ name: command }, `--${option} ${value} is not known; one of ${known.join(', ')}.`, {
    reason: 'not-one-of',
    option,
    value,
    known,
  });
}

/** A whole number. @throws GewuError 'usage' */
export function wholeNumber(command: string, what: string, value: string): number {
  if (/^\d{1,15}$/u.test(value)) return Number(value);
  throw usage({ name: command }, `${what} must be a whole number, not "${value}".`, { reason: 'whole-number', value });
}

/** 'x y' or 'x,y' in project CRS metres. @throws GewuError 'usage' */
export function coordinates(command: string, option: string, value: string): [number, number] {
  const numbers = value
    .trim()
    .split(/[\s,，]+/u)
    .map(Number);
  const [x, y] = numbers;
  if (numbers.length === 2 && x !== undefined && y !== undefined && Number.isFinite(x) && Number.isFinite(y))
    return [x, y];
  throw usage({ name: command }, `--${option} "${value}" is not "x y" in metres.`, {
    reason: 'coordinates',
    option,
    value,
  });
}
