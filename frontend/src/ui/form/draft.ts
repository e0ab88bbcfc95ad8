import { me } from '@/access/session';
import { local } from '../store';

/**
 * What was typed and not sent, kept on this device per person and form, so that a closed window, a
 * lost session or an empty battery loses nothing. Values must be plain JSON (DateField and
 * MoneyField hold strings and numbers for that reason).
 */
const place = (form: string) => `wuye.draft.${me()?.account_id ?? ''}.${form}`;

export const readDraft = <V>(form: string): V | null => local.getJson<V>(place(form));
export const keepDraft = (form: string, values: unknown) =>
  local.set(place(form), JSON.stringify(values));
export const dropDraft = (form: string) => local.set(place(form), null);
