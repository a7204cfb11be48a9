import { codeGroups } from './code-groups.ts';

/** A code in its groups: the district quiet, the sequence strong. */
export function Code({ code }: { code: string }) {
  const groups = codeGroups(code);
  return (
    <span className="code t2 code-groups" title={code}>
      {groups.map((group, i) => {
        const quiet = i === 0 && groups.length > 1;
        const strong = i === groups.length - 1;
        return (
          <span key={code.slice(0, i + 1) + group} className={quiet ? 't3' : strong ? 'strong' : undefined}>
            {group}
          </span>
        );
      })}
    </span>
  );
}
