import type { ImportAs } from '../../api/delivery.ts';
import { bboxOfShape } from '../../model/geometry/bbox.ts';
import type { Position, Shape } from '../../model/geometry/types.ts';
import { classOfComponentCode } from './classes.ts';
import { normaliseCode } from './normalise.ts';
import { columnShape, type Survey } from './survey.ts';

/** A surveyed row that stands somewhere, with what it says of its place. Coordinates in delivered order. */
export interface SurveyPoint {
  at: Position;
  /** `at` is the middle of the box round a line or an area. */
  shaped: boolean;
  /** Identity in the project: the code, for kinds that have one. */
  code: string | null;
  classCode: string | null;
  grid: string | null;
  community: string | null;
  street: string | null;
}

/** Every surveyed row with a place, in order. */
export function surveyPoints(
  survey: Survey,
  as: ImportAs | null,
  to: (column: string) => string | null,
  tableClass: string | null,
): SurveyPoint[] {
  return survey.rows.flatMap((row): SurveyPoint[] => {
    const place = placeOf(row.shape ?? columnShape(row, to));
    if (place === null) return [];
    const say = (...columns: string[]): string | null => {
      for (const column of columns) {
        const field = to(column);
        const value = field === null ? null : normaliseCode(row.values[field] ?? null).value;
        if (value !== null) return value;
      }
      return null;
    };
    const code = as === 'unit' ? null : say('code');
    const stated = say('class_code');
    return [
      {
        ...place,
        code,
        classCode:
          stated !== null && /^\d{4,5}$/u.test(stated)
            ? stated
            : ((as === 'component' ? classOfComponentCode(code) : null) ?? tableClass),
        grid: say('grid_text'),
        community: say('community_code_text', 'community_text'),
        street: say('street_code_text', 'street_text'),
      },
    ];
  });
}

function placeOf(shape: Shape | null): Pick<SurveyPoint, 'at' | 'shaped'> | null {
  if (shape === null) return null;
  if (shape.type === 'Point') return finite(shape.coordinates) ? { at: shape.coordinates, shaped: false } : null;
  const box = bboxOfShape(shape);
  if (box === null) return null;
  const at: Position = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  return finite(at) ? { at, shaped: shape.type !== 'MultiPoint' } : null;
}

const finite = ([x, y]: Position): boolean => Number.isFinite(x) && Number.isFinite(y);

/** At most `count` of them, evenly spread, so that one street at the top of the file does not speak for all. */
export function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.ceil(all.length / count));
  return all.filter((_, i) => i % step === 0);
}
