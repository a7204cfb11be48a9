import type { Command } from './command.ts';
import { ABOUT, say, WORDS, type Language } from './words.ts';

export function generalHelp(commands: readonly Command[], language: Language): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    say(language, WORDS.tagline),
    '',
    `${say(language, WORDS.usage)}: gewu <command> …`,
    '',
    `${say(language, WORDS.commands)}:`,
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${about(command, language)}`),
    '',
    say(language, WORDS.everyCommand),
    say(language, WORDS.exits),
  ].join('\n');
}

export function commandHelp(command: Command, language: Language): string {
  return [
    `gewu ${command.name}: ${about(command, language)}`,
    '',
    `${say(language, WORDS.usage)}:`,
    ...command.usage.map((line) => `  gewu ${command.name} ${line}`),
    '',
    `${say(language, WORDS.examples)}:`,
    ...command.examples.map((example) => `  ${example}`),
    '',
    say(language, WORDS.everyCommand),
    say(language, WORDS.exits),
  ].join('\n');
}

function about(command: Command, language: Language): string {
  const words = ABOUT[command.name];
  return words === undefined ? '' : say(language, words);
}
