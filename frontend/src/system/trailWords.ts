import { t } from '@/locales/trail';

/** The words of the trail for records without words of their own. */
export const trailWords = { action: (code: string) => t.code('action', code) };
