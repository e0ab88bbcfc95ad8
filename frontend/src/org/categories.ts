import { t } from '@/locales/org';

/** The categories of repairs a technician can be qualified for. */
export const CATEGORIES = [
  'water',
  'power',
  'gas',
  'tv',
  'phone',
  'network',
  'shared_facility',
  'other',
] as const;

export const categoryWords = (code: string) => t.code('category', code);
