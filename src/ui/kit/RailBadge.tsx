import { count } from '../words/index.ts';

const MOST = 99;

/** A number at the corner of a rail item; nothing when nothing waits. */
export function RailBadge({ waiting }: { waiting: number | null }) {
  if (waiting === null || waiting === 0) return null;
  return <span className="n">{waiting > MOST ? `${MOST}+` : count(waiting)}</span>;
}
