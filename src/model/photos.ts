/** Which files are photos, and how the texts of a delivery name them. Pure: names only. */

const PHOTO = /\.(?:jpe?g|png|webp|gif|bmp|tiff?|heic|heif)$/iu;

export function isPhotoName(name: string): boolean {
  return PHOTO.test(name);
}

/** The single names in a cell that holds one or several: separated by ; , ； ， 、 | or line ends. */
export function photoNames(text: string | null): string[] {
  return (text ?? '')
    .split(/[;,；，、|\r\n]+/u)
    .map((one) => one.trim().replaceAll(/^["']|["']$/gu, ''))
    .filter((one) => one !== '');
}

/** Finds photos by what rows say of them. Answers places in the list it was made from. */
export interface PhotoIndex {
  /** By a file name, a way with either slash, or an address; with or without an ending, in any letter case. Of several of that name those whose way agrees farthest. */
  named(text: string): number[];
  /** Those called by a code: 'CODE.jpg', 'CODE_1.jpg', 'CODE-2.jpg', 'CODE (3).jpg'. */
  ofCode(code: string): number[];
}

export function indexPhotos(names: readonly string[]): PhotoIndex {
  const ways = names.map(wayOf);
  const byName = new Map<string, number[]>();
  const byStem = new Map<string, number[]>();
  const byCode = new Map<string, number[]>();
  ways.forEach((way, i) => {
    const name = way.at(-1) ?? '';
    const stem = stemOf(name);
    put(byName, name, i);
    put(byStem, stem, i);
    put(byCode, /^[0-9a-z]{6,}/u.exec(stem)?.[0] ?? '', i);
  });
  return {
    named(text) {
      const way = wayOf(text);
      const name = way.at(-1) ?? '';
      const found = byName.get(name) ?? byStem.get(name) ?? byStem.get(isPhotoName(name) ? stemOf(name) : '') ?? [];
      return closest(found, ways, way);
    },
    ofCode(code) {
      const key = code.toLowerCase();
      if (key === '') return [];
      const called = (i: number) => /^(?:[ _-]|\(|（|$)/u.test(stemOf(ways[i]?.at(-1) ?? '').slice(key.length));
      return (byCode.get(key) ?? []).filter(called);
    },
  };
}

function put(map: Map<string, number[]>, key: string, at: number): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [at]);
  else held.push(at);
}

/** Steps of a way in lower case; an address loses what comes before its way and after its name. */
function wayOf(text: string): string[] {
  const plain = text.trim().replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/iu, '');
  const address = plain === text.trim() ? plain : decoded(plain.replace(/[?#].*$/u, ''));
  return address
    .normalize('NFC')
    .toLowerCase()
    .split(/[/\\]+/u)
    .filter((step) => step !== '' && step !== '.');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded after all.
    return text;
  }
}

const stemOf = (name: string): string => name.replace(PHOTO, '');

/** Of several, those that share the most steps from the end. */
function closest(found: readonly number[], ways: readonly string[][], wanted: readonly string[]): number[] {
  let best: number[] = [];
  let most = -1;
  for (const i of found) {
    const way = ways[i] ?? [];
    let shared = 0;
    while (shared + 1 < wanted.length && shared + 1 < way.length && wanted.at(-2 - shared) === way.at(-2 - shared))
      shared++;
    if (shared > most) [best, most] = [[i], shared];
    else if (shared === most) best.push(i);
  }
  return best;
}
