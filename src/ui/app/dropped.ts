import type { Dropped } from '../../api/client.ts';

type Found = Awaited<ReturnType<Dropped['files']>>;

/** A drop, its folders to be walked when they are wanted. Must be called while the drop event is handled: the list is empty afterwards. */
export function readDrop(transfer: DataTransfer): Dropped {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const items = [...transfer.files];
  return {
    items,
    async files() {
      if (entries.length === 0) return items.map((file) => ({ file, way: file.name }));
      const lists = await Promise.all(entries.map((entry) => filesOf(entry, '')));
      return lists.flat();
    },
  };
}

/** What systems leave in folders, which nobody delivers. */
const HIDDEN = /^(?:\.|~\$)|^(?:thumbs\.db|desktop\.ini|__MACOSX)$/iu;

async function filesOf(entry: FileSystemEntry, above: string): Promise<Found> {
  const way = `${above}${entry.name}`;
  if (above !== '' && HIDDEN.test(entry.name)) return [];
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    return [{ file, way }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: Found = [];
  // A reader gives at most 100 entries at a time and an empty list at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return files;
    const lists = await Promise.all(some.map((one) => filesOf(one, `${way}/`)));
    files.push(...lists.flat());
  }
}
