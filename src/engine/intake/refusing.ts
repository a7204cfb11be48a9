import { FormatError } from '../../formats/format.ts';
import type { SourceTable } from '../../formats/format.ts';
import { ProjectError } from '../../project/error.ts';

/** A GeoPackage that is refused is refused like any other file and keeps nothing else from opening; faults of the disk stay what they are. */
export async function refusing(opening: Promise<SourceTable[]>): Promise<SourceTable[]> {
  try {
    return (await opening).map((table) => ({ ...table, blocks: (options) => refusingBlocks(table.blocks(options)) }));
  } catch (error) {
    throw refusal(error);
  }
}

async function* refusingBlocks<T>(blocks: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* blocks;
  } catch (error) {
    throw refusal(error);
  }
}

const refusal = (error: unknown): unknown =>
  error instanceof ProjectError && (error.code === 'damaged' || error.code === 'not-a-geopackage')
    ? new FormatError(error.code === 'damaged' ? 'gpkg-damaged' : error.code, error.message, error.data)
    : error;
