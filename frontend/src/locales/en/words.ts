import type { Translation } from '../catalog';
import type zh from '../zh-CN/words';

const en: Translation<typeof zh> = {
  'record.overdue': 'Overdue',
  'record.due_soon': 'Due soon',
  'record.done_late': 'Done late',
  'record.acting_for': 'for {name}',
  'time.just_now': 'just now',
  'time.min_ago': '{n} min ago',
  'time.hours_ago': '{n} h ago',
  'time.days_ago': '{n} d ago',
  'time.in_min': 'in {n} min',
  'time.in_hours': 'in {n} h',
  'time.in_days': 'in {n} d',
  'list.and': ', ',
  aside: ' ({text})',
  labelled: '{label}: ',
  'days.to': 'to',
  'days.open_end': 'open end',
  'who.none': 'Nobody yet',
  'find.house': 'House, name or end of phone',
  'find.party': 'Name or end of phone',
  'find.person': "Colleague's name",
  'find.looking': 'Looking…',
  'find.nothing': 'Nothing found',
};
export default en;
