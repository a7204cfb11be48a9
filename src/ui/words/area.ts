export { area, type SameKeys, type WordKeys } from '../../api/words/area.ts';
