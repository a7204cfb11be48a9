import type { Finding } from '../../../model/finding.ts';
import { useQueryOf } from '../../app/engine.ts';
import { ClassSymbolMark } from '../../kit/Symbol.tsx';
import { metres } from '../../words/finding-words.ts';
import { useWords } from '../../words/index.ts';

const SIZE = 198;
/** Pixels between the two, however near they stand. */
const APART = 58;

/** Two components too near to be told apart on the map, magnified until they are. */
export function Lens({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const [first, second] = finding.features;
  const a = useQueryOf('component.get', first === undefined ? null : { id: first.id }).data;
  const b = useQueryOf('component.get', second === undefined ? null : { id: second.id }).data;
  if (a?.at == null || b?.at == null) return null;
  const [east, north] = [b.at[0] - a.at[0], b.at[1] - a.at[1]];
  const distance = Math.hypot(east, north);
  const scale = distance === 0 ? 0 : APART / distance;
  const half: [number, number] = [(east * scale) / 2, (-north * scale) / 2];
  const middle = SIZE / 2 - 6;
  const places = [
    { letter: t('checks.letter.first'), x: middle - half[0], y: middle - half[1], detail: a },
    { letter: t('checks.letter.second'), x: middle + half[0], y: middle + half[1], detail: b },
  ];
  const bar = scale === 0 ? null : barOf(scale);
  return (
    <div className="float lens" role="img" aria-label={t('checks.lens', { distance: metres(distance) })}>
      <svg width={SIZE} height={SIZE} viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
        <path className="lens-cross" d={`M24 ${middle}h${SIZE - 48}M${middle} 24v${SIZE - 54}`} />
        <path className="lens-tie" d={`M${places[0]?.x} ${places[0]?.y}L${places[1]?.x} ${places[1]?.y}`} />
        {bar !== null && (
          <g>
            <path className="lens-bar" d={`M${SIZE / 2 - bar.width / 2} ${SIZE - 30}h${bar.width}`} />
            <text x={SIZE / 2} y={SIZE - 16} textAnchor="middle">
              {bar.text}
            </text>
          </g>
        )}
      </svg>
      {places.map(({ letter, x, y, detail }) => (
        <span key={letter} className="lens-mark" style={{ insetInlineStart: x, insetBlockStart: y }}>
          <ClassSymbolMark className={detail.names['class_name']} size={34} />
          <b>{letter}</b>
        </span>
      ))}
      <span className="lens-distance">{metres(distance)}</span>
    </div>
  );
}

/** A round length under 70 pixels. */
function barOf(pixelsPerMetre: number): { width: number; text: string } {
  const most = 70 / pixelsPerMetre;
  const power = 10 ** Math.floor(Math.log10(most));
  const length = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
  return { width: length * pixelsPerMetre, text: length < 1 ? `${Math.round(length * 100)} cm` : `${length} m` };
}
