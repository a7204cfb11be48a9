import { wholeNumber } from '../args.ts';
import { flag, text, type Arguments, type Command, type Desk, type Outcome } from '../command.ts';
import { ask, importKeys, lines, number } from '../output.ts';
import { say, WORDS } from '../words.ts';

export const newCommand: Command = {
  name: 'new',
  usage: ['<project> [--district 110108] [--crs EPSG:4548] [--scheme GB/T-47678.5-2026] [--force]'],
  options: { district: text, crs: text, scheme: text, force: flag },
  takes: [1, 1],
  examples: ['gewu new haidian.gpkg', 'gewu new chaoyang.gpkg --district 110105 --crs EPSG:4548'],
  async run(desk, args): Promise<Outcome> {
    const project = await desk.call('project.new', {
      ...desk.target(ask(args, 0)),
      district: args.values['district'] ?? '110108',
      crs: args.values['crs'] ?? 'EPSG:4548',
      scheme: args.values['scheme'] ?? 'GB/T-47678.5-2026',
      force: args.has('force'),
    });
    const file = desk.path(project.file);
    const { district, districtName, scheme } = project;
    return {
      json: { file, district, districtName, crs: project.crs.code, scheme },
      text: `${say(desk.language, WORDS.made)} ${file}`,
    };
  },
};

export const sampleCommand: Command = {
  name: 'sample',
  usage: ['<project> [--components 14208] [--seed 1] [--force]'],
  options: { components: text, seed: text, force: flag },
  takes: [1, 1],
  examples: ['gewu sample sample.gpkg', 'gewu sample big.gpkg --components 300000 --seed 7 --force'],
  async run(desk, args): Promise<Outcome> {
    const target = desk.target(ask(args, 0));
    refuseExistingSample(desk, args);
    const project = await desk.call('project.sample', {
      ...target,
      anew: true,
      ...number(args, 'components', wholeNumber),
      ...number(args, 'seed', wholeNumber),
    });
    const batches = await desk.client.call('batch.list', {});
    const deliveries = batches.toSorted((a, b) => a.id - b.id).map((batch) => importKeys(batch));
    const file = desk.path(project.file);
    return {
      json: { file, components: project.counts.component, deliveries },
      text: lines(
        `${say(desk.language, WORDS.made)} ${file}`,
        `${say(desk.language, WORDS.components)}: ${project.counts.component}`,
        `${say(desk.language, WORDS.grids)}: ${project.counts.unitGrid}`,
      ),
    };
  },
};

function refuseExistingSample(desk: Desk, args: Arguments): void {
  if (!args.has('force')) desk.refuseExisting(ask(args, 0));
}
