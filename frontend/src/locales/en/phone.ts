import type { Translation } from '../catalog';
import type zh from '../zh-CN/phone';

const en: Translation<typeof zh> = {
  'tab.home': 'Today',
  'tab.queue': 'To send',
  'tab.me': 'Me',
  'queue.banner': '{n} waiting to be sent',
  'queue.banner_refused': '{n} not accepted',
  offline: 'No network: you see what was loaded last',
  'offline.as': 'Working offline: {name}',
  'home.empty': 'Nothing waits for you today',
  'home.empty_hint': 'New tasks appear here by themselves.',
  tiles: 'What I can start',
  'tile.report': 'Report something',
  'tile.help': 'Log help given',
  'tile.reported': 'What I reported',
  'tile.shifts': 'My shifts',
  'tile.goals': 'Annual goals',
  'me.posts': 'Posts',
  'me.estates': 'Estates',
  back: 'Back',
  photo: 'Photo',
  photo_remove: 'Remove photo {n}',
  photo_retake: 'Another photo',
  saved_offline: 'Kept on this phone, sent when there is network',
  sent: 'Sent',
  confirm: 'Confirm',
  cancel: 'Cancel',
};
export default en;
