import type { Translation } from '../catalog';
import type zh from '../zh-CN/phone';

const en: Translation<typeof zh> = {
  'tab.home': 'Today',
  'tab.queue': 'To send',
  'tab.me': 'Me',
  'queue.banner': '{n} waiting to be sent',
  'queue.banner_refused': '{n} not accepted',
  'queue.title': 'Waiting to be sent',
  'queue.lead':
    'What you do without network is kept on this phone and sent by itself later, never twice.',
  'queue.empty': 'Everything is sent',
  'queue.empty_hint': 'Nothing is waiting.',
  'queue.waiting': 'Waiting',
  'queue.sending': 'Sending',
  'queue.refused': 'Not accepted',
  'queue.send_now': 'Send now',
  'queue.discard': 'Give this one up',
  'queue.discard_ask': 'Give up “{label}”? Its text and photos are deleted from this phone.',
  'queue.made_at': 'made {time}',
  'queue.photos': '{n} photos',
  'queue.logout_title': '{n} not yet sent',
  'queue.logout_text':
    'They stay on this phone. Only you can see and send them, once you sign in again.',
  'queue.logout_go': 'Sign out anyway',
  'queue.logout_stay': 'Stay signed in',
  'queue.quota': 'No room left on this phone. Connect and send first.',
  offline: 'No network: you see what was loaded last',
  'offline.as': 'Working offline: {name}',
  'home.empty': 'Nothing waits for you today',
  'home.empty_hint': 'New tasks appear here by themselves.',
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
