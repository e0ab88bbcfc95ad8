import type { Translation } from '../catalog';
import type zh from '../zh-CN/shifts';

const en: Translation<typeof zh> = {
  title: 'My shifts',
  today: 'today',
  off: 'off',
  none: 'No shifts in these two weeks',
  none_hint: 'They appear here once the roster is made.',
  loading: 'Loading…',
  now: 'Shift now',
  next: 'Next shift',
};
export default en;
