import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const shape = z.object({
  person: z.string().nullable(),
  recents: z.array(z.object({ path: z.string(), openedAt: z.string() })),
});
/** What Gewu remembers of a computer account. Everything about a district lives in its project file instead. */
export type Settings = z.infer<typeof shape>;

const EMPTY: Settings = { person: null, recents: [] };
const KEPT_RECENTS = 12;

/** GEWU_CONFIG_DIR, else %APPDATA%\Gewu, ~/Library/Application Support/Gewu or $XDG_CONFIG_HOME/gewu. */
export function configFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const own = env['GEWU_CONFIG_DIR'];
  if (own !== undefined && own !== '') return own;
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(homedir(), 'AppData', 'Roaming'), 'Gewu');
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Gewu');
  return path.join(env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config'), 'gewu');
}

/** The account's name, or 'gewu' where the system knows none: a revision is never without a person. */
export function accountName(): string {
  try {
    return userInfo().username || 'gewu';
  } catch {
    return process.env['USER'] ?? process.env['USERNAME'] ?? 'gewu';
  }
}

export class SettingsStore {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = path.join(folder, 'settings.json');
  }

  /** An unreadable file counts as none: settings are a convenience and must never keep Gewu from starting. */
  read(): Settings {
    try {
      return shape.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return EMPTY;
    }
  }

  setPerson(person: string): void {
    this.#write({ ...this.read(), person });
  }

  noteOpened(project: string, at: string): void {
    const settings = this.read();
    const others = settings.recents.filter((recent) => recent.path !== project);
    this.#write({ ...settings, recents: [{ path: project, openedAt: at }, ...others].slice(0, KEPT_RECENTS) });
  }

  #write(settings: Settings): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    const beside = `${this.#file}.${process.pid}`;
    writeFileSync(beside, `${JSON.stringify(settings, null, 2)}\n`);
    renameSync(beside, this.#file);
  }
}
