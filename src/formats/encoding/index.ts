export { decideEncoding } from './decide.ts';
export type { EncodingClaim } from './decide.ts';
export { encodingName, ValueDecoder, textDecoder } from './decode.ts';
export { beginsWithBytes } from './half.ts';
export { EncodingProbe } from './probe.ts';
export { encodingByLabel, encodingByLdid } from './names.ts';
export { createVocabulary } from './vocabulary.ts';
export type { Vocabulary } from './vocabulary.ts';
