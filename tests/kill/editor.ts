import { openProject } from '../../src/project/open.ts';
import type { ProjectFile } from '../../src/project/project-file.ts';
import { pointBlob, TODAY } from '../../src/project/testing.ts';
import { redoLatest, undoLatest } from '../../src/project/undo.ts';

/**
 * Edits a project for ever and says on standard output what has been committed, one line each, for the parent to kill it in the middle. Arguments: the project, and the number before the first edit's. Lines:
 * `edit <component> <n>`, `add <component> <n>`, `bulk <first> <count>`, `undo` and `redo` (which leave the project as it was).
 */
const by = { command: 'test.edit', person: '李静' };
const path = process.argv[2] ?? '';

function acknowledge(line: string): void {
  process.stdout.write(`${line}\n`);
}

function edit(file: ProjectFile, n: number): void {
  const id = 1 + (n % 5);
  file.revise(by, (tx) => tx.update('component', id, { note: String(n), geom: pointBlob(n % 90, n % 70) }));
  acknowledge(`edit ${id} ${n}`);
}

function add(file: ProjectFile, n: number): void {
  const { value } = file.revise(by, (tx) =>
    tx.insert('component', { code: `n${n}`, note: String(n), geom: pointBlob(1, 1) }),
  );
  acknowledge(`add ${value} ${n}`);
}

/** Enough rows for the triggers to be dropped and made anew within the transaction. */
function bulk(file: ProjectFile, n: number): void {
  const { value } = file.revise(by, (tx) => {
    const ids = Array.from({ length: 700 }, (_, i) =>
      tx.insert('component', { code: `b${n}-${i}`, geom: pointBlob(i % 90, 5) }),
    );
    return ids[0] ?? 0;
  });
  acknowledge(`bulk ${value} 700`);
}

const file = openProject(path, { mode: 'write', today: TODAY, person: '李静' });
acknowledge('open');
for (let n = Number(process.argv[3]) + 1; ; n++) {
  edit(file, n);
  if (n % 3 === 0) add(file, n);
  if (n % 7 === 0) {
    undoLatest(file, { person: '王' });
    acknowledge('undo');
    redoLatest(file, { person: '王' });
    acknowledge('redo');
  }
  if (n % 20 === 10) bulk(file, n);
}
