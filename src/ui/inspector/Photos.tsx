import { Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPhotoOff } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { ComponentDetail, ComponentPhotos } from '../../api/component.ts';
import { useQueryOf } from '../app/engine.ts';
import { IconButton } from '../kit/IconButton.tsx';
import { useFocusBack } from '../kit/use-focus-back.ts';
import { useWords } from '../words/index.ts';

type Photo = ComponentPhotos['photos'][number];

/** Pictures of the component as it was surveyed, small; each opens large. What its text names and nobody delivered is said. */
export function Photos({ detail }: { detail: ComponentDetail }) {
  const { t } = useWords();
  const { data } = useQueryOf('component.photos', { id: detail.id }, { keep: true });
  const [open, setOpen] = useState<number | null>(null);
  if (data === undefined || (data.photos.length === 0 && data.missing.length === 0)) return null;
  const { photos, missing } = data;
  const what = String(detail.cells['name'] ?? detail.cells['code'] ?? '');
  const altOf = (i: number) => t('photos.of', { what, n: i + 1, count: photos.length });
  return (
    <section className="sect">
      <h3>
        {t('photos.title')}
        <span className="end">{photos.length > 0 ? photos.length : ''}</span>
      </h3>
      {photos.length > 0 && (
        <div className="photos">
          {photos.map((photo, i) => (
            <button
              key={photo.id}
              type="button"
              className="photo"
              title={photo.name}
              aria-label={t('photos.open', { name: photo.name })}
              onClick={() => setOpen(i)}
            >
              <Picture photo={photo} alt={altOf(i)} />
            </button>
          ))}
        </div>
      )}
      {missing.length > 0 && <p className="sm t3 wrap">{t('photos.missing', { names: missing.join('、') })}</p>}
      {open !== null && <Large photos={photos} at={open} altOf={altOf} onAt={setOpen} />}
    </section>
  );
}

const SHOWN = /\.(?:jpe?g|png|webp|gif|bmp)$/iu;

/** The bytes come through the engine's own door; the address made of them is gone with the picture. */
function Picture({ photo, alt }: { photo: Photo; alt: string }) {
  const { t } = useWords();
  const shown = SHOWN.test(photo.name);
  const { data, error } = useQueryOf('photo.bytes', shown ? { id: photo.id } : null, { keep: true });
  const [broken, setBroken] = useState(false);
  if (!shown || error !== null || broken) {
    return (
      <span className="photo-none xs t3">
        <IconPhotoOff size={16} stroke={1.5} aria-hidden />
        {t(shown ? 'photos.gone' : 'photos.unseen')}
      </span>
    );
  }
  return data === undefined ? null : <Shown bytes={data} alt={alt} onBroken={() => setBroken(true)} />;
}

/** A picture from its bytes: the address is set on the element itself, and given back when the element goes. */
function Shown({ bytes, alt, onBroken }: { bytes: Uint8Array; alt: string; onBroken: () => void }) {
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      if (image === null) return undefined;
      const made = URL.createObjectURL(new Blob([Uint8Array.from(bytes)]));
      image.src = made;
      return () => URL.revokeObjectURL(made);
    },
    [bytes],
  );
  return <img ref={show} alt={alt} onError={onBroken} />;
}

function Large({
  photos,
  at,
  altOf,
  onAt,
}: {
  photos: readonly Photo[];
  at: number;
  altOf: (i: number) => string;
  onAt: (at: number | null) => void;
}) {
  const { t } = useWords();
  useFocusBack();
  const photo = photos[at];
  if (photo === undefined) return null;
  const turn = (by: number) => onAt((at + by + photos.length) % photos.length);
  return (
    <Modal
      opened
      onClose={() => onAt(null)}
      size="min(1040px, 92vw)"
      title={photo.name}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <figure className="photo-large">
        <Picture key={photo.id} photo={photo} alt={altOf(at)} />
        {photos.length > 1 && (
          <figcaption className="row g2">
            <IconButton label={t('photos.previous')} onClick={() => turn(-1)}>
              <IconChevronLeft size={16} stroke={1.5} />
            </IconButton>
            <span className="sm t2">{altOf(at)}</span>
            <IconButton label={t('photos.next')} onClick={() => turn(1)}>
              <IconChevronRight size={16} stroke={1.5} />
            </IconButton>
          </figcaption>
        )}
      </figure>
    </Modal>
  );
}
