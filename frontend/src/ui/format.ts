import { lang } from '@/locales/lang';
import { t } from '@/locales/words';

const WEEKDAYS = '日一二三四五六';
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

type Instant = string | number | Date;

/**
 * All estates keep Chinese time, the same hours from UTC all year; a colleague abroad sees the estate's clock, not their own.
 * The browser's tables of zones and numbers (Intl) would take a cheap phone longer to open than the page to be drawn.
 */
const AHEAD_MS = 8 * 3_600_000;

/** An instant as the estate's clock shows it: `2026-11-23T09:05`. */
const clock = (at: Instant) =>
  new Date(new Date(at).getTime() + AHEAD_MS).toISOString().slice(0, 16);

/** The business date (`YYYY-MM-DD`) at an instant in the estate's zone. */
export const dateOf = (at: Instant): string => clock(at).slice(0, 10);

/** The business date now. */
export const today = (): string => dateOf(Date.now());

/** A business date: `2026-11-23 周一` or `23 Nov 2026`. Takes `YYYY-MM-DD` or an instant. */
export function formatDate(value: Instant | null | undefined): string {
  if (!value) return '';
  const date = typeof value === 'string' && value.length === 10 ? value : dateOf(value);
  const [year = '', month = '', day = ''] = date.split('-');
  if (lang() === 'en') return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
  return `${date} 周${weekday}`;
}

/** The instant (RFC 3339) of a time of day on a business date; the zone has no summer time. */
export const instantAt = (date: string, time = '00:00') => `${date}T${time}:00+08:00`;

/** A business date moved by whole days. */
export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** An instant with date and time of day in the estate's zone. */
export function formatTime(value: Instant | null | undefined): string {
  if (!value) return '';
  return `${formatDate(value)} ${timeOfDay(value)}`;
}

export const timeOfDay = (value: Instant): string => clock(value).slice(11);

/** How far away an instant is; shown only beside the absolute time. */
export function formatRelative(value: Instant, now = Date.now()): string {
  const minutes = Math.round((new Date(value).getTime() - now) / 60_000);
  const n = Math.abs(minutes);
  if (n < 1) return t('time.just_now');
  const past = minutes < 0;
  if (n < 60) return past ? t('time.min_ago', { n }) : t('time.in_min', { n });
  const hours = Math.round(n / 60);
  if (hours < 48)
    return past ? t('time.hours_ago', { n: hours }) : t('time.in_hours', { n: hours });
  const days = Math.round(hours / 24);
  return past ? t('time.days_ago', { n: days }) : t('time.in_days', { n: days });
}

/** Thousands set apart: `1234567` → `1,234,567`. */
const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** Fen to yuan with two decimals and thousands separators: `123456789` → `1,234,567.89`. */
export function formatFen(fen: number): string {
  const [whole = '0', rest = '00'] = (Math.abs(fen) / 100).toFixed(2).split('.');
  return `${fen < 0 ? '−' : ''}${grouped(whole)}.${rest}`;
}

/** A whole number with thousands separators. */
export const formatCount = (n: number) => grouped(String(n));

/** Thousandths (areas, readings) with up to three decimals: `89500` → `89.5`. */
export function formatThousandths(n: number): string {
  const [whole = '0', rest = ''] = (n / 1000).toFixed(3).split('.');
  const decimals = rest.replace(/0+$/, '');
  return decimals ? `${grouped(whole)}.${decimals}` : grouped(whole);
}

/** An area held in thousandths, with its unit: `89.57 m²`. */
export const squareMetres = (milli: number) => `${formatThousandths(milli)} m²`;
/** A length held in thousandths, with its unit: `820 m`. */
export const metres = (milli: number) => `${formatThousandths(milli)} m`;

/** A share between 0 and 1 as a percentage with one decimal. */
export const formatShare = (share: number) => `${(share * 100).toFixed(1)}%`;

/** Words one after the other: `水、电` or `Water, Electricity`. */
export const listed = (words: readonly string[]) => words.join(t('list.and'));

/** What stands in brackets after something: `（已办结）` or ` (Closed)`. */
export const aside = (text: string) => t('aside', { text });

/** What a value is, before it: `楼层：` or `Floor: `. */
export const labelled = (label: string) => t('labelled', { label });

/** A pair of texts in the person's language; the other one where there is only that. */
export const either = (zh: string | null | undefined, en: string | null | undefined): string =>
  (lang() === 'en' ? (en ?? zh) : (zh ?? en)) ?? '';
