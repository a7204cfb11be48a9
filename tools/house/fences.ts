import { findCycles } from './cycles.ts';
import type { Arrow, Graph } from './graph.ts';
import { exclusive, modelPackages, roomOf, rooms } from './rooms.ts';
import { isTest } from './source-files.ts';

/** The longest a source file may be, in lines. */
const longest = 400;

/**
 * Every place where the house is not as it should be, as sentences `file:line what`. Empty when all is well. Seeing no
 * modules at all is the first thing that is not well: a fence around nothing keeps nothing out.
 */
export function breaches(graph: Graph): string[] {
  if (graph.modules.size === 0) return ['No modules were seen: the fences look in the wrong place.'];
  return [
    ...homeless(graph),
    ...graph.arrows.flatMap(arrowBreaches),
    ...findCycles(graph).map((cycle) => `${cycle[0]} cycle: ${cycle.join(' → ')}`),
    ...[...graph.modules.values()]
      .filter((module) => module.lines > longest)
      .map((module) => `${module.path}:${module.lines} more than ${longest} lines`),
  ];
}

/** A source file that lies in no room. */
function homeless(graph: Graph): string[] {
  return [...graph.modules.keys()]
    .filter((path) => path.startsWith('src/') && !roomOf(path) && !isTest(path) && !path.endsWith('.d.ts'))
    .map((path) => `${path}:1 lies in none of the rooms ${rooms.map((room) => room.name).join(', ')}`);
}

function arrowBreaches(arrow: Arrow): string[] {
  const at = `${arrow.from}:${arrow.line}`;
  if (arrow.to.kind === 'missing') return [`${at} imports ${arrow.request}, which does not exist`];
  return [
    ...roomBreach(arrow).map((what) => `${at} ${what}`),
    ...packageBreach(arrow).map((what) => `${at} ${what}`),
    ...modelBreach(arrow).map((what) => `${at} ${what}`),
  ];
}

/** An arrow between rooms that is not in the plan. Tests beside the code obey the same arrows. */
function roomBreach(arrow: Arrow): string[] {
  const from = roomOf(arrow.from);
  if (!from || (arrow.to.kind !== 'file' && arrow.to.kind !== 'asset')) return [];
  const to = roomOf(arrow.to.name);
  if (!to) {
    const outside = /^(tests|tools|bench)\//.test(arrow.to.name) && !isTest(arrow.from);
    return outside ? [`${from.name} uses ${arrow.to.name}, which is not shipped`] : [];
  }
  return to === from || from.uses.includes(to.name) ? [] : [`${from.name} uses ${to.name} (${arrow.to.name})`];
}

function packageBreach(arrow: Arrow): string[] {
  if (arrow.to.kind !== 'package') return [];
  const rule = exclusive.find((each) => each.package === arrow.to.name);
  const allowed =
    !rule || /^(tests|bench)\//.test(arrow.from) || rule.folders.some((folder) => arrow.from.startsWith(folder));
  return allowed ? [] : [`knows ${rule.package}, which only ${rule.folders.join(', ')} may know`];
}

/** The model takes nothing from Node and, beyond exact arithmetic, nothing from packages. Its tests may. */
function modelBreach(arrow: Arrow): string[] {
  if (!arrow.from.startsWith(modelPackages.folder) || isTest(arrow.from)) return [];
  const foreign =
    arrow.to.kind === 'node' || (arrow.to.kind === 'package' && !modelPackages.packages.includes(arrow.to.name));
  return foreign ? [`the model uses ${arrow.to.name}`] : [];
}
