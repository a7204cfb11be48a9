import { SYMBOL_BOX, symbol } from './symbols.ts';
import { symbolOf } from './class-symbols.ts';

/** A class symbol beside its name; decorative, the name says it. */
export function ClassSymbolMark({ className, size = 14 }: { className: string | null | undefined; size?: number }) {
  const { fill, line, ink } = symbol(symbolOf(className));
  return (
    <svg className="m-sym" width={size} height={size} viewBox={`0 0 ${SYMBOL_BOX} ${SYMBOL_BOX}`} aria-hidden="true">
      {fill !== undefined && <path className="gf" d={fill} />}
      {line !== undefined && <path className="gs" d={line} />}
      {ink !== undefined && <path className="gk" d={ink} />}
    </svg>
  );
}
