import { readFileSync } from 'node:fs';
import { createVocabulary, type Vocabulary } from '../../formats/index.ts';
import type { ProjectNames } from '../../project/batches/known-names.ts';
import type { ClassCatalogue } from './classes.ts';

/** Names the district is known to use: those of our catalogues, with a project its own as well. Sorted by what they name. */
export interface KnownNames extends ProjectNames {
  classes: string[];
  /** All of them, with words every survey uses, as the text model takes them. */
  vocabulary: Vocabulary;
}

interface CatalogueNames {
  streets: string[];
  communities: string[];
  classes: string[];
  /** Headings and words of survey tables. */
  words: string[];
}

const WORDS = [
  '完好',
  '破损',
  '丢失',
  '废弃',
  '移除',
  '北京市',
  '责任单位',
  '有限公司',
  '有限责任公司',
  '管理处',
  '委员会',
];

/** What the shipped catalogues name. Read once a process. */
export function loadNames(resources: URL, catalogue: ClassCatalogue): CatalogueNames {
  const names = (file: string) =>
    (JSON.parse(readFileSync(new URL(`catalogue/${file}`, resources), 'utf8')) as { name: string }[]).map(
      ({ name }) => name,
    );
  const dictionary = readFileSync(new URL('field-dictionary.json', resources), 'utf8');
  const headings = [...dictionary.matchAll(/"(\p{Script=Han}+)"/gu)].map(([, word = '']) => word);
  return {
    streets: names('haidian-streets.json'),
    communities: names('haidian-communities.json'),
    classes: [...new Set(catalogue.classes.map(({ name }) => name))],
    words: [...WORDS, ...headings, ...names('districts.json')],
  };
}

/** The names of the catalogues and, where there is one, of the project. Without one, the shipped district's streets are all there is. */
export function knownNames(shipped: CatalogueNames, project: ProjectNames | null): KnownNames {
  const own = project ?? { units: [], streets: [], communities: [], addresses: [] };
  const both = (a: string[], b: string[]) => [...new Set([...a, ...b])];
  const names = {
    units: own.units,
    streets: both(own.streets, shipped.streets),
    communities: both(own.communities, shipped.communities),
    classes: shipped.classes,
    addresses: own.addresses,
  };
  const vocabulary = createVocabulary([
    ...Object.values(names).flat().flatMap(stems),
    ...names.addresses.flatMap((address) => /^\p{Script=Han}{2,}/u.exec(address) ?? []),
    ...shipped.words,
  ]);
  return { ...names, vocabulary };
}

/** A name, and what people leave of it in an address: 翠微路社区居委会, 翠微路社区, 翠微路. */
function stems(name: string): string[] {
  const short = name.replace(/(?:居委会|村委会|街道办事处|街道|地区|镇)$/u, '');
  return short === name ? [name] : [name, short, short.replace(/(?:社区|村)$/u, '')];
}
