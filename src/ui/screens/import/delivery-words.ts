import type { InspectedTable } from '../../../api/delivery.ts';
import { fileSize, say } from '../../words/index.ts';

type Named = { name: string; size?: number | undefined };

/** A delivery is called by its folder, or by its first file. */
export function deliveryName(files: readonly Named[]): string {
  const first = files[0]?.name ?? '';
  const folder = first.includes('/') ? first.split('/')[0] : undefined;
  return folder ?? first.replace(/\.[^.]*$/u, '');
}

export function deliverySize(files: readonly Named[]): string {
  const bytes = files.reduce((sum, file) => sum + (file.size ?? 0), 0);
  return bytes === 0
    ? say('importing.files', { count: files.length })
    : say('importing.filesSize', { count: files.length, size: fileSize(bytes) });
}

/** 'shp, shx, dbf; no prj': the files a table was read from. */
export function partsOf(table: InspectedTable, files: readonly Named[]): string {
  if (table.format !== 'shapefile')
    return say('importing.format', { format: table.file.split('.').at(-1) ?? table.format });
  const base = baseOf(table.file);
  // Of files of one name in several folders a table has those of its own folder.
  const folder = folderOf(table.file);
  const have = files
    .map((file) => file.name)
    .filter((name) => baseOf(name) === base && (folder === '' || folderOf(name) === folder))
    .map(extension);
  if (have.length === 0) return 'shp';
  const missing = ['shx', 'dbf', 'prj', 'cpg'].filter((part) => !have.includes(part));
  const list = ['shp', 'shx', 'dbf', 'prj', 'cpg'].filter((part) => have.includes(part)).join(', ');
  return missing.length === 0 ? list : say('importing.partsMissing', { have: list, missing: missing.join(', ') });
}

const folderOf = (name: string) => name.split('/').slice(0, -1).join('/');
const extension = (name: string) => (name.split('.').at(-1) ?? '').toLowerCase();
const baseOf = (name: string) => (name.split('/').at(-1) ?? name).replace(/\.[^.]*$/u, '').toLowerCase();
