/** Extension in lower case, without dot, and the path before it. `x.shp.xml` is metadata: extension `shp.xml`. */
export function splitName(name: string): { base: string; extension: string } {
  const parts = /^(.*?[^/])\.((?:shp\.)?[^./]+)$/i.exec(name);
  return parts ? { base: parts[1] ?? name, extension: (parts[2] ?? '').toLowerCase() } : { base: name, extension: '' };
}

/** Files that systems and programs leave beside what somebody delivers. */
export const isHidden = (name: string): boolean =>
  name.split('/').some((step) => step === '__MACOSX' || (step.startsWith('.') && step !== '.' && step !== '..')) ||
  /(^|\/)(thumbs\.db|desktop\.ini|~\$[^/]*)$/i.test(name);
