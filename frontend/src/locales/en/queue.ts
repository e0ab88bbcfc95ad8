import type { Translation } from '../catalog';
import type zh from '../zh-CN/queue';

const en: Translation<typeof zh> = {
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
  'queue.discard_ask': 'Give up "{label}"? Its text and photos are deleted from this phone.',
  'queue.made_at': 'made {time}',
  'queue.photos': '{n} photos',
  'queue.logout_title': '{n} not yet sent',
  'queue.logout_text':
    'They stay on this phone. Only you can see and send them, once you sign in again.',
  'queue.logout_go': 'Sign out anyway',
  'queue.logout_stay': 'Stay signed in',
  'queue.quota': 'No room left on this phone. Connect and send first.',
};
export default en;
