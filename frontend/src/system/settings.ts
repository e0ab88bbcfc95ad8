import type { Schema } from '@/api/client';
import { lang } from '@/locales/lang';
import { t } from '@/locales/system';
import { formatCount, formatFen } from '@/ui/format';

export type Setting = Schema<'Setting'>;

/** How a setting's whole number is to be read and typed; its name tells. */
export type Unit =
  | 'switch'
  | 'clock'
  | 'money'
  | 'minutes'
  | 'hours'
  | 'days'
  | 'working_days'
  | 'per_hour'
  | 'january'
  | 'times';

const WORKING = new Set([
  'case.reply_days',
  'case.escalation_days',
  'dispute.step_days',
  'visit.days',
]);

export function unitOf({ key, min, max }: Setting): Unit {
  const name = key as string;
  if (min === 0 && max === 1) return 'switch';
  if (/_minute$/.test(name)) return 'clock';
  if (/_fen$/.test(name)) return 'money';
  if (/minutes$/.test(name)) return 'minutes';
  if (/per_hour$/.test(name)) return 'per_hour';
  if (/hours$/.test(name)) return 'hours';
  if (/january_day$/.test(name)) return 'january';
  if (WORKING.has(name)) return 'working_days';
  if (/days$/.test(name)) return 'days';
  return 'times';
}

const two = (n: number) => String(n).padStart(2, '0');

/** Minutes after midnight as `17:30`. */
export const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** A value as people say it: `30 分钟`, `¥ 200.00`, `17:30`. */
export function sayValue(setting: Setting, n: number): string {
  const unit = unitOf(setting);
  switch (unit) {
    case 'switch':
      return n === 1 ? t('settings.on') : t('settings.off');
    case 'clock':
      return clock(n);
    case 'money':
      return `¥ ${formatFen(n)}`;
    default:
      return t(`unit.${unit}`, { n: formatCount(n) });
  }
}

/** The limits in words; the unit is said once. */
export function sayRange(setting: Setting): string {
  const said = ['switch', 'clock', 'money', 'january'].includes(unitOf(setting));
  return t('settings.range', {
    min: said ? sayValue(setting, setting.min) : formatCount(setting.min),
    max: sayValue(setting, setting.max),
  });
}

const UNIT_ZH = /（(?:工作日|分钟|分|天|零点起分钟数)）$/;
const UNIT_EN = / in fen\b|, minutes after midnight$/;

/** The title without the unit of the stored number: values are shown in words anyway. */
export const titleOf = (setting: Setting) =>
  lang() === 'en' ? setting.title_en.replace(UNIT_EN, '') : setting.title_zh.replace(UNIT_ZH, '');

const GROUPS: Record<string, string> = {
  case: 'desk',
  dispute: 'desk',
  order: 'orders',
  visit: 'visits',
  goal: 'goals',
  task: 'tasks',
  notice: 'notices',
  briefing: 'briefings',
  public: 'public',
  time: 'time',
  access: 'access',
};

export const groups = [
  'desk',
  'orders',
  'visits',
  'goals',
  'tasks',
  'notices',
  'briefings',
  'public',
  'time',
  'access',
  'other',
] as const;

export const groupOf = (setting: Setting) => GROUPS[setting.key.split('.')[0] ?? ''] ?? 'other';
