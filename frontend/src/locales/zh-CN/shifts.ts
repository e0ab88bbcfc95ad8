/** The phone's page of one's own shifts. */
export default {
  title: '我的班次',
  today: '今天',
  off: '休息',
  none: '近两周没有排班',
  none_hint: '班长或主管排班后会出现在这里。',
  loading: '正在加载…',
  now: '当前班次',
  next: '下一班',
} as const;
