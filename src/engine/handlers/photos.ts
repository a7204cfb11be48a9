import { readFileSync, statSync } from 'node:fs';
import type { ComponentPhotos } from '../../api/component.ts';
import { GewuError } from '../../api/error.ts';
import { indexPhotos, photoNames, type PhotoIndex } from '../../model/photos.ts';
import { listPhotos, photoFile, photosMark, type KeptPhoto } from '../../project/photos.ts';
import { photoTextOf } from '../../project/queries/photo-text.ts';
import type { ProjectFile } from '../../project/project-file.ts';
import type { LaneContext } from '../lanes/context.ts';
import type { ReadHandlers } from '../lanes/handlers.ts';

/** A camera's largest; what lies beyond is no photo to look at in a panel. */
const MOST_BYTES = 64 * 1024 * 1024;

export const photoReads: Pick<ReadHandlers, 'component.photos' | 'photo.bytes'> = {
  'component.photos': (ctx, { id }) => photosOf(ctx, id),
  'photo.bytes': (ctx, { id }) => {
    const file = photoFile(ctx.project.db, ctx.project.path, id);
    if (file === null || statSync(file).size > MOST_BYTES)
      throw new GewuError('not-found', 'This photo is not there any more, or is too large to show.', {
        reason: 'photo',
        id,
      });
    return new Uint8Array(readFileSync(file));
  },
};

/** The list of photos with its index, made anew when files came or went. */
class PhotoList {
  #mark = '';
  #photos: KeptPhoto[] = [];
  #index: PhotoIndex = indexPhotos([]);
  readonly #project: ProjectFile;
  constructor(project: ProjectFile) {
    this.#project = project;
  }

  now(): { photos: KeptPhoto[]; index: PhotoIndex } {
    const { db } = this.#project;
    const mark = photosMark(db);
    if (mark !== this.#mark) {
      this.#photos = listPhotos(db);
      this.#index = indexPhotos(this.#photos.map(({ way }) => way));
      this.#mark = mark;
    }
    return { photos: this.#photos, index: this.#index };
  }
}

const makeList = (project: ProjectFile) => new PhotoList(project);

/** The text decides; without one, files called by the component's code are its photos. */
function photosOf(ctx: LaneContext, id: number): ComponentPhotos {
  const { photos, index } = ctx.held(makeList).now();
  const { text, code } = photoTextOf(ctx.project.db, id);
  const names = photoNames(text);
  const missing: string[] = [];
  const found = new Set<number>();
  for (const name of names) {
    const places = index.named(name);
    if (places.length === 0) missing.push(name);
    for (const place of places) found.add(place);
  }
  for (const place of index.ofCode(code ?? '')) found.add(place);
  const there = [...found].flatMap((place) => photos[place] ?? []);
  return {
    photos: there.map(({ id: photo, way, size }) => ({ id: photo, name: way.split('/').at(-1) ?? way, size })),
    missing,
  };
}
