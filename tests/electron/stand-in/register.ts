import { registerHooks } from 'node:module';
import { installParentPort } from './parent-port.ts';

// Loaded before everything else in the stand-in's processes: `electron` is the stand-in there.
const standIn = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

if (process.env['GEWU_STAND_IN'] === 'utility') installParentPort();
