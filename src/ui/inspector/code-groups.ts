/** A code in the groups the standard gives it; the last one is what tells neighbours apart. Codes of other lengths stay whole. */
export function codeGroups(code: string): string[] {
  const sizes: Record<number, readonly number[]> = {
    17: [6, 2, 3, 6],
    16: [6, 2, 2, 6],
    15: [6, 3, 3, 3],
    14: [6, 3, 3, 2],
    12: [6, 3, 3],
  };
  let at = 0;
  return (sizes[code.length] ?? [code.length]).map((size) => {
    at += size;
    return code.slice(at - size, at);
  });
}
