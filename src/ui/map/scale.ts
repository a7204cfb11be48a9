/** Metres a CSS pixel covers at a scale of 1 : 1, at 96 dpi. */
const METRES_PER_PIXEL = 0.0254 / 96;

/** Denominator of the scale for a resolution in metres a pixel. */
export function scaleOf(resolution: number): number {
  return resolution / METRES_PER_PIXEL;
}

export function resolutionOf(scale: number): number {
  return scale * METRES_PER_PIXEL;
}

/** What is drawn changes at these scales (resolutions in metres a pixel); smaller numbers are nearer. */
export const NEAR = {
  /** 1 : 100 000, dots appear instead of the choropleth alone. */
  dots: resolutionOf(100_000),
  /** 1 : 25 000, communities get their names. */
  communities: resolutionOf(25_000),
  /** 1 : 15 000, class symbols instead of dots. */
  symbols: resolutionOf(15_000),
  /** 1 : 10 000, grid lines come forward. */
  grids: resolutionOf(10_000),
  /** 1 : 3 000, grid codes and larger symbols. */
  codes: resolutionOf(3_000),
} as const;

const LENGTHS = [1, 2, 5];

/** Longest round length (metres) whose bar is at most `pixels` wide. */
export function scaleBar(resolution: number, pixels: number): { metres: number; width: number } {
  const most = resolution * pixels;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = LENGTHS.findLast((length) => length * power <= most) ?? 1;
  const metres = step * power;
  return { metres, width: metres / resolution };
}

/** '200 m', '1.5 km'. */
export function lengthText(metres: number): string {
  if (metres < 1) return `${Math.round(metres * 100)} cm`;
  if (metres < 1000) return `${metres < 10 ? metres.toFixed(2) : Math.round(metres)} m`;
  const km = metres / 1000;
  return `${Number(km.toFixed(km < 10 ? 2 : 1))} km`;
}

/** '1,234 m²' or '1.23 km²'. */
export function areaText(squareMetres: number): string {
  if (squareMetres < 1_000_000) return `${Math.round(squareMetres).toLocaleString('en')} m²`;
  return `${(squareMetres / 1_000_000).toFixed(2)} km²`;
}
