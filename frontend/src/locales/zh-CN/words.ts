/** Dates, deadlines and people in words: for every page behind the login, phones included. */
export default {
  'record.overdue': '已超期',
  'record.due_soon': '即将到期',
  'record.done_late': '超期完成',
  'record.acting_for': '代{name}',
  'time.just_now': '刚刚',
  'time.min_ago': '{n} 分钟前',
  'time.hours_ago': '{n} 小时前',
  'time.days_ago': '{n} 天前',
  'time.in_min': '{n} 分钟后',
  'time.in_hours': '{n} 小时后',
  'time.in_days': '{n} 天后',
  'who.none': '未指定',
} as const;
