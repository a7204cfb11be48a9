import type { GeometryType } from './table.ts';

interface Paint {
  fill: string;
  stroke: string;
  /** Millimetres on paper: marker size, or line width. */
  size: number;
}
interface Rule {
  value: string;
  label: string;
  paint: Paint;
}
interface Style {
  layer: string;
  name: string;
  geometry: GeometryType;
  /** Column the colours go by; null draws every feature alike. */
  by: string | null;
  rules: Rule[];
}

const PX_PER_MM = 96 / 25.4;
const ink = (fill: string, stroke: string, size: number): Paint => ({ fill, stroke, size });

/** The default look of each layer in other programs: components by clarity, grids as outlines, streets and communities as borders. */
export const STYLES: readonly Style[] = [
  {
    layer: 'component',
    name: 'clarity',
    geometry: 'POINT',
    by: 'clarity',
    rules: [
      { value: 'clear', label: '权责明晰 Clear', paint: ink('#2f9e6e', '#ffffff', 2) },
      { value: 'partial', label: '部分明晰 Partial', paint: ink('#e0a021', '#ffffff', 2.2) },
      { value: 'disputed', label: '有争议 Disputed', paint: ink('#8a5cc9', '#ffffff', 2.2) },
      { value: 'unclear', label: '不明晰 Unclear', paint: ink('#d1495b', '#ffffff', 2.2) },
    ],
  },
  {
    layer: 'component_line',
    name: 'line',
    geometry: 'MULTILINESTRING',
    by: null,
    rules: [{ value: '', label: '线状部件 Line', paint: ink('#4a6fa5', '#4a6fa5', 0.5) }],
  },
  {
    layer: 'component_area',
    name: 'area',
    geometry: 'MULTIPOLYGON',
    by: null,
    rules: [{ value: '', label: '面状部件 Area', paint: ink('#a9c4e3', '#4a6fa5', 0.3) }],
  },
  {
    layer: 'unit_grid',
    name: 'active',
    geometry: 'MULTIPOLYGON',
    by: 'status',
    rules: [{ value: 'active', label: '单元网格 Unit grid', paint: ink('', '#7d8894', 0.2) }],
  },
  {
    layer: 'unit_grid_active',
    name: 'tiling',
    geometry: 'MULTIPOLYGON',
    by: null,
    rules: [{ value: '', label: '单元网格 Unit grid', paint: ink('', '#7d8894', 0.2) }],
  },
  {
    layer: 'community',
    name: 'border',
    geometry: 'MULTIPOLYGON',
    by: null,
    rules: [{ value: '', label: '社区（村） Community', paint: ink('', '#5b7a99', 0.4) }],
  },
  {
    layer: 'street',
    name: 'border',
    geometry: 'MULTIPOLYGON',
    by: null,
    rules: [{ value: '', label: '街道（镇） Street', paint: ink('', '#33475b', 0.7) }],
  },
];

/** '#rrggbb' as QGIS writes a colour: r,g,b,a. An empty colour is see-through. */
function rgba(hex: string): string {
  if (hex === '') return '0,0,0,0';
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return `${part(1)},${part(3)},${part(5)},255`;
}

function option(name: string, value: string | number): string {
  return `<Option type="QString" name="${name}" value="${value}"/>`;
}

function qmlSymbol(geometry: GeometryType, paint: Paint, at: number): string {
  const kind = geometry === 'POINT' ? 'marker' : geometry === 'MULTILINESTRING' ? 'line' : 'fill';
  const [symbolClass, options] =
    kind === 'marker'
      ? [
          'SimpleMarker',
          [
            option('name', 'circle'),
            option('color', rgba(paint.fill)),
            option('outline_color', rgba(paint.stroke)),
            option('outline_width', 0.2),
            option('size', paint.size),
            option('size_unit', 'MM'),
          ],
        ]
      : kind === 'line'
        ? ['SimpleLine', [option('line_color', rgba(paint.stroke)), option('line_width', paint.size)]]
        : [
            'SimpleFill',
            [
              option('color', rgba(paint.fill)),
              option('style', paint.fill === '' ? 'no' : 'solid'),
              option('outline_color', rgba(paint.stroke)),
              option('outline_width', paint.size),
            ],
          ];
  return (
    `<symbol type="${kind}" name="${at}" alpha="1" clip_to_extent="1" force_rhr="0">` +
    `<layer class="${symbolClass}" enabled="1" locked="0" pass="0"><Option type="Map">${[...options].join('')}</Option></layer></symbol>`
  );
}

/** QGIS's own style of a layer. Features no rule names are not drawn (retired grids). */
export function qml(style: Style): string {
  const symbols = style.rules.map((rule, at) => qmlSymbol(style.geometry, rule.paint, at)).join('');
  const renderer =
    style.by === null
      ? `<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0"><symbols>${symbols}</symbols></renderer-v2>`
      : `<renderer-v2 type="categorizedSymbol" attr="${style.by}" symbollevels="0" enableorderby="0" forceraster="0"><categories>${style.rules
          .map(
            (rule, at) =>
              `<category symbol="${at}" value="${rule.value}" label="${rule.label}" render="true" type="string"/>`,
          )
          .join('')}</categories><symbols>${symbols}</symbols></renderer-v2>`;
  return `<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version="3.22.0" styleCategories="Symbology">${renderer}<blendMode>0</blendMode><featureBlendMode>0</featureBlendMode><layerOpacity>1</layerOpacity></qgis>`;
}

function parameter(name: string, value: string | number): string {
  return `<se:SvgParameter name="${name}">${value}</se:SvgParameter>`;
}

function sldSymbol(geometry: GeometryType, paint: Paint): string {
  const px = (mm: number): string => (mm * PX_PER_MM).toFixed(2);
  const stroke = `<se:Stroke>${parameter('stroke', paint.stroke)}${parameter('stroke-width', px(geometry === 'POINT' ? 0.2 : paint.size))}</se:Stroke>`;
  const fill = paint.fill === '' ? '' : `<se:Fill>${parameter('fill', paint.fill)}</se:Fill>`;
  if (geometry === 'POINT')
    return `<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>circle</se:WellKnownName>${fill}${stroke}</se:Mark><se:Size>${px(paint.size)}</se:Size></se:Graphic></se:PointSymbolizer>`;
  if (geometry === 'MULTILINESTRING') return `<se:LineSymbolizer>${stroke}</se:LineSymbolizer>`;
  return `<se:PolygonSymbolizer>${fill}${stroke}</se:PolygonSymbolizer>`;
}

/** The same look as OGC Styled Layer Descriptor 1.1, for programs other than QGIS. */
export function sld(style: Style): string {
  const rules = style.rules
    .map((rule) => {
      const filter =
        style.by === null
          ? ''
          : `<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>${style.by}</ogc:PropertyName><ogc:Literal>${rule.value}</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>`;
      return `<se:Rule><se:Name>${rule.label}</se:Name>${filter}${sldSymbol(style.geometry, rule.paint)}</se:Rule>`;
    })
    .join('');
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:se="http://www.opengis.net/se">` +
    `<NamedLayer><se:Name>${style.layer}</se:Name><UserStyle><se:Name>${style.name}</se:Name><se:FeatureTypeStyle>${rules}</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>`
  );
}
