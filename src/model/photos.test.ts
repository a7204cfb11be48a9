import { describe, expect, it } from 'vitest';
import { indexPhotos, isPhotoName, photoNames } from './photos.ts';

describe('photo names in a cell', () => {
  it.each([
    ['a.jpg', ['a.jpg']],
    ['a.jpg;b.jpg；c.jpg, d.jpg、e.jpg', ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg']],
    [' "a b.jpg" ', ['a b.jpg']],
    ['', []],
    [null, []],
  ])('%j', (text, names) => {
    expect(photoNames(text)).toEqual(names);
  });

  it('are told by their ending', () => {
    expect(['a.JPG', 'b.heic', 'c.jpeg', 'd.shp', 'jpg', 'e.jpg.txt'].map(isPhotoName)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('photos', () => {
  const names = [
    '一期/照片/IMG_0001.JPG',
    '二期/照片/IMG_0001.jpg',
    '一期/照片/IMG_0002.png',
    '照片/11010801001000001_1.jpg',
    '照片/11010801001000001.jpg',
    '照片/110108010010000012.jpg',
  ];
  const index = indexPhotos(names);

  it.each([
    ['IMG_0002.png', [2]],
    ['img_0002.PNG', [2]],
    ['IMG_0002', [2]],
    ['IMG_0002.jpg', [2]],
    ['D:\\普查\\二期\\照片\\IMG_0001.jpg', [1]],
    ['一期/照片/img_0001.jpg', [0]],
    ['IMG_0001.jpg', [0, 1]],
    ['https://x.example/files/%E4%BA%8C%E6%9C%9F/%E7%85%A7%E7%89%87/IMG_0001.jpg?size=big', [1]],
    ['IMG_0003.jpg', []],
    ['', []],
    ['照片/', []],
  ])('named %j', (text, found) => {
    expect(index.named(text)).toEqual(found);
  });

  it('called by a code are those of that very code', () => {
    expect(index.ofCode('11010801001000001')).toEqual([3, 4]);
    expect(index.ofCode('110108')).toEqual([]);
    expect(index.ofCode('')).toEqual([]);
  });
});
