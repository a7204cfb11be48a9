import { GewuError } from '../../api/error.ts';
import { checks } from '../../checks/index.ts';
import { checkedState } from '../../project/checked.ts';
import { excuse, reopen, verify } from '../../project/exceptions.ts';
import { localTime } from '../../project/project-file.ts';
import { findingCounts, openWithin } from '../../project/queries/findings.ts';
import { ruleIds, runChecks } from '../checking.ts';
import type { CommandHandlers, ReadHandlers, WriteJobHandlers } from '../lanes/handlers.ts';
import { readerOf } from './reading.ts';
import { describeRules } from './rules.ts';

export const checkReads: Pick<ReadHandlers, 'check.rules'> = {
  'check.rules': (ctx, { filter }) => {
    const reader = readerOf(ctx);
    const here = filter == null ? null : openWithin(reader, filter);
    return { rules: describeRules(findingCounts(reader), here), ...checkedState(reader, ruleIds) };
  },
};

export const checkJobs: Pick<WriteJobHandlers, 'check.run'> = {
  'check.run': async (ctx, { rules }) => {
    const unknown = rules?.find((id) => !checks.some((check) => check.id === id));
    if (unknown !== undefined) {
      throw new GewuError('input', `There is no rule ${unknown}; there are ${ruleIds.join(', ')}.`, {
        reason: 'no-rule',
        rule: unknown,
        rules: ruleIds,
      });
    }
    const result = await runChecks(ctx, rules === undefined ? {} : { rules });
    ctx.tell({ event: 'checked', revision: ctx.project.info().revision });
    return result;
  },
};

export const checkCommands: Pick<CommandHandlers, 'finding.excuse' | 'finding.reopen' | 'finding.verify'> = {
  'finding.excuse'(ctx, { ids, reason, until }) {
    if (until !== null && (!isDay(until) || until < ctx.today)) {
      throw new GewuError('input', `An excuse can't end on ${until}: give a day from today on, like 2026-12-31.`, {
        reason: 'excuse-day',
        until,
      });
    }
    const { db } = ctx.project;
    const given = { reason, until, person: ctx.person, at: localTime(new Date()), today: ctx.today };
    const { revision } = ctx.revise({ reason, until }, (tx) => {
      tx.summary['count'] = excuse(db, tx, ids, given);
    });
    return { revision };
  },

  'finding.reopen'(ctx, { ids }) {
    const { revision } = ctx.revise({}, (tx) => {
      tx.summary['count'] = reopen(ctx.project.db, tx, ids, ctx.today);
    });
    ctx.tell({ event: 'checked', revision: ctx.project.info().revision });
    return { revision };
  },

  /** Looking changes nothing of the district: it is signed and dated on the finding, and makes no revision. */
  'finding.verify'(ctx, { ids }) {
    const by = { person: ctx.person, at: localTime(new Date()) };
    ctx.project.write((db) => verify(db, ids, by));
    ctx.tell({ event: 'checked', revision: ctx.project.info().revision });
    return { revision: null };
  },
};

/** A day that exists, ISO 8601. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
