import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Finding, FindingPhase } from '../../../model/finding.ts';
import type { Filter } from '../../../model/filter.ts';
import type { LayerName } from '../../../model/component.ts';
import { useClient } from '../../app/engine.ts';

const PAGE = 100;
const MOST_AT_ONCE = 2000;
/** What a feature is called in the list. */
export type Named = { code: string; name: string | null };

export interface Findings {
  total: number;
  known: boolean;
  findingAt: (index: number) => Finding | undefined;
  nameOf: (layer: LayerName, id: number) => Named | undefined;
  onSeen: (first: number, last: number) => void;
  /** All of them, as many as one command may take at once. */
  all: () => Promise<Finding[]>;
  error: Error | null;
}

/** The findings of one rule that are seen, page by page, with the codes of their features. */
export function useFindings(rule: string | null, phase: FindingPhase, filter: Filter | null): Findings {
  const client = useClient();
  const [seen, setSeen] = useState({ first: 0, last: 1 });
  const pages: number[] = [];
  for (let page = Math.floor(seen.first / PAGE); page * PAGE < Math.max(1, seen.last); page += 1) pages.push(page);
  const answers = useQueries({
    queries: pages.map((page) => {
      const input = {
        rule: rule ?? '',
        phase,
        ...(filter === null ? {} : { filter }),
        offset: page * PAGE,
        limit: PAGE,
      };
      return {
        queryKey: ['finding.list', input],
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call('finding.list', input, { signal }),
        enabled: rule !== null,
        placeholderData: (before: { findings: Finding[]; total: number } | undefined) =>
          before !== undefined && before.findings[0]?.rule === rule && before.findings[0]?.phase === phase
            ? before
            : undefined,
      };
    }),
  });
  const loaded = new Map<number, Finding>();
  let total = 0;
  for (const [i, answer] of answers.entries()) {
    if (answer.data === undefined) continue;
    total = Math.max(total, answer.data.total);
    for (const [at, finding] of answer.data.findings.entries()) loaded.set((pages[i] ?? 0) * PAGE + at, finding);
  }
  const nameOf = useNames([...loaded.values()]);
  const onSeen = useCallback((first: number, last: number) => {
    setSeen((now) => (now.first === first && now.last === last ? now : { first, last }));
  }, []);
  const all = async () => {
    if (rule === null) return [];
    const page = { offset: 0, limit: MOST_AT_ONCE };
    const answer = await client.call('finding.list', { rule, phase, ...(filter === null ? {} : { filter }), ...page });
    return answer.findings;
  };
  return {
    total,
    all,
    known: answers.some((answer) => answer.data !== undefined),
    findingAt: (index) => loaded.get(index),
    nameOf,
    onSeen,
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
  };
}

const LAYERS: readonly LayerName[] = ['component', 'unit_grid', 'street', 'community'];
const MOST_IDS = 2000;

function useNames(findings: readonly Finding[]): Findings['nameOf'] {
  const client = useClient();
  const asked = LAYERS.map((layer) => {
    const ids = findings.flatMap((one) =>
      one.features.filter((feature) => feature.layer === layer).map((feature) => feature.id),
    );
    return { layer, ids: [...new Set(ids)].toSorted((a, b) => a - b).slice(0, MOST_IDS) };
  }).filter((one) => one.ids.length > 0);
  const answers = useQueries({
    queries: asked.map((input) => ({
      queryKey: ['map.features', input],
      queryFn: ({ signal }: { signal: AbortSignal }) => client.call('map.features', input, { signal }),
    })),
  });
  const names = new Map<string, Named>();
  for (const [i, answer] of answers.entries()) {
    for (const { id, code, name } of answer.data ?? []) names.set(`${asked[i]?.layer} ${id}`, { code, name });
  }
  return (layer, id) => names.get(`${layer} ${id}`);
}
