import type { Check } from './check.ts';
import { classKnown } from './class-known.ts';
import { classNameAgrees } from './class-name-agrees.ts';
import { componentCodeClass } from './component-code-class.ts';
import { componentCodeForm } from './component-code-form.ts';
import { componentCodeUnique } from './component-code-unique.ts';
import { dates } from './dates.ts';
import { gridCodeForm } from './grid-code-form.ts';
import { gridCrossesCommunity } from './grid-crosses-community.ts';
import { gridGap } from './grid-gap.ts';
import { gridOverlap } from './grid-overlap.ts';
import { gridTJunction } from './grid-t-junction.ts';
import { inOneGrid } from './in-one-grid.ts';
import { mandatoryFields } from './mandatory-fields.ts';
import { nearDuplicate } from './near-duplicate.ts';
import { outsideDistrict } from './outside-district.ts';
import { placeAgrees } from './place-agrees.ts';
import { responsibilityComplete } from './responsibility-complete.ts';
import { stateKnown } from './state-known.ts';
import { unitResolves } from './unit-resolves.ts';
import { unitValid } from './unit-valid.ts';
import { valueNotTaken } from './value-not-taken.ts';

/** Every rule, in the order a person reads them: codes, classes, fields, units, places, dates, grids. */
export const checks: readonly Check[] = [
  componentCodeForm,
  componentCodeUnique,
  componentCodeClass,
  classKnown,
  classNameAgrees,
  mandatoryFields,
  unitResolves,
  unitValid,
  responsibilityComplete,
  inOneGrid,
  outsideDistrict,
  placeAgrees,
  nearDuplicate,
  dates,
  stateKnown,
  valueNotTaken,
  gridCodeForm,
  gridGap,
  gridOverlap,
  gridTJunction,
  gridCrossesCommunity,
];
