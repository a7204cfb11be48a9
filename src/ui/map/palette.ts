/** The map's colours and faces, read from the design tokens in force, for canvas and OpenLayers, which know no CSS variables. */
export interface Palette {
  outside: string;
  land: string;
  landAlt: string;
  halo: string;
  district: string;
  street: string;
  community: string;
  grid: string;
  gridQuiet: number;
  gridClear: number;
  label: string;
  labelSecond: string;
  labelGrid: string;
  symbol: string;
  symbolFill: string;
  select: string;
  selectSoft: string;
  neighbour: string;
  neighbourLine: string;
  ink: string;
  refusal: string;
  rates: readonly string[];
  clarity: { clear: string; partial: string; partialEdge: string; disputed: string; unclear: string; out: string };
  surface: string;
  fontUi: string;
  fontCode: string;
}

export function readPalette(element: Element = document.documentElement): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    outside: token('map-outside'),
    land: token('map-land'),
    landAlt: token('map-land-alt'),
    halo: token('map-halo'),
    district: token('map-district'),
    street: token('map-street'),
    community: token('map-community'),
    grid: token('map-grid'),
    gridQuiet: Number(token('map-grid-quiet')) || 0.3,
    gridClear: Number(token('map-grid-clear')) || 0.62,
    label: token('map-label'),
    labelSecond: token('text-second'),
    labelGrid: token('map-label-grid'),
    symbol: token('map-symbol'),
    symbolFill: token('map-symbol-fill'),
    select: token('map-select'),
    selectSoft: token('map-select-soft'),
    neighbour: token('map-neighbour'),
    neighbourLine: token('map-neighbour-line'),
    ink: token('map-ink-blue'),
    refusal: token('clarity-unclear-mark'),
    rates: [1, 2, 3, 4, 5].map((step) => token(`map-rate-${step}`)),
    clarity: {
      clear: token('clarity-clear-mark'),
      partial: token('clarity-partial-mark'),
      partialEdge: token('clarity-partial-edge'),
      disputed: token('clarity-disputed-mark'),
      unclear: token('clarity-unclear-mark'),
      out: token('clarity-out-mark'),
    },
    surface: token('bg-surface'),
    fontUi: token('font-ui'),
    fontCode: token('font-code'),
  };
}
