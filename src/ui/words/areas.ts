import { checks } from './checks.ts';
import { commands } from './commands.ts';
import { components } from './components.ts';
import { datum } from './datum.ts';
import { doubts } from '../../api/words/doubts.ts';
import { encoding } from './encoding.ts';
import { evidence } from './evidence.ts';
import { photos } from './photos.ts';
import { piles } from './piles.ts';
import { errors } from './errors.ts';
import { faults } from '../../api/words/faults.ts';
import { findings } from './findings.ts';
import { frame } from './frame.ts';
import { grids } from './grids.ts';
import { history } from './history.ts';
import { importing } from './importing.ts';
import { inspector } from './inspector.ts';
import { map } from './map.ts';
import { matching } from './matching.ts';
import { overview } from './overview.ts';
import { receipt } from './receipt.ts';
import { reports } from './reports.ts';
import { start } from './start.ts';
import { values } from './values.ts';

/** Every area of words. A new area: a file here beside the others, one line above, one below. */
export const areas = {
  frame,
  start,
  components,
  inspector,
  map,
  importing,
  photos,
  piles,
  evidence,
  encoding,
  datum,
  matching,
  doubts,
  faults,
  checks,
  findings,
  grids,
  receipt,
  reports,
  history,
  overview,
  errors,
  commands,
  values,
};
