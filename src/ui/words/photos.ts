import { area } from './area.ts';

/** Photos of a component, kept beside the project. */
export const photos = area({
  zh: {
    title: '照片',
    of: '{{what}} 的照片 {{n}}/{{count}}',
    open: '放大：{{name}}',
    missing: '没有随交付提供：{{names}}',
    unseen: '这种格式这里显示不了',
    gone: '照片文件不在了',
    next: '下一张',
    previous: '上一张',
  },
  en: {
    title: 'Photos',
    of: 'Photo {{n}} of {{count}} of {{what}}',
    open: 'Enlarge {{name}}',
    missing: 'Did not come with the delivery: {{names}}',
    unseen: 'This format cannot be shown here',
    gone: 'The photo file is gone',
    next: 'Next',
    previous: 'Previous',
  },
});
