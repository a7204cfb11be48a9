import type { ParseArgsOptionsConfig } from 'node:util';
import type { Client } from '../api/client.ts';
import type { ProjectInfo } from '../api/project.ts';
import type { FileRef } from '../api/shared.ts';
import type { Language } from './words.ts';

/** What the person typed after the command's name, checked against its options. */
export interface Arguments {
  positionals: string[];
  /** Values of options given; a flag is ''. */
  values: Readonly<Record<string, string>>;
  has(option: string): boolean;
  /** @throws GewuError 'usage' where the option is missing */
  need(option: string): string;
}

/** What a command may use of the engine. */
export interface Desk {
  client: Client;
  language: Language;
  open(path: string): Promise<ProjectInfo>;
  /** @throws GewuError 'not-found' naming the path as typed */
  file(path: string): FileRef;
  /** A target beside others in an existing folder. @throws GewuError 'not-found' when the folder does not exist */
  target(path: string): { folder: FileRef; name: string };
  /** @throws GewuError 'exists' where the project a command would make is already there */
  refuseExisting(path: string): void;
  /** Absolute path behind a token, for output. */
  path(file: FileRef): string;
  /** Runs with progress on the terminal; stopped by Ctrl C. */
  call: Client['call'];
}

export interface Outcome {
  /** One document with stable keys, for --json. */
  json: unknown;
  /** Lines a person reads. */
  text: string;
  /** 1 where --fail-on was given and something is at or above it. */
  exit?: 0 | 1;
}

export interface Command {
  name: string;
  /** What comes after the name, as in the manual. */
  usage: string[];
  options: ParseArgsOptionsConfig;
  /** Least and most positional arguments. */
  takes: [least: number, most: number];
  examples: string[];
  run(desk: Desk, args: Arguments): Promise<Outcome>;
}

export const text = { type: 'string' } as const;
export const flag = { type: 'boolean' } as const;
