import { me } from '@/access/session';
import { local } from '../store';

/**
 * What was typed and not sent, kept on this device per person and form, so that a closed window, a
 * lost session or an empty battery loses nothing. Values must be plain JSON (DateField and
 * MoneyField hold strings and numbers for that reason).
 */
const place = (form: string) => `wuye.draft.${me()?.account_id ?? ''}.${form}`;

export const readDraft = <V>(form: string): V | null => local.getJson<V>(place(form));
/** Keeps what was typed; values of the `unkept` fields stay out: this device may be shared. */
export const keepDraft = (form: string, values: unknown, unkept: readonly string[] = []) =>
  local.set(
    place(form),
    JSON.stringify(values, (key, value) => (unkept.includes(key) ? undefined : value)),
  );
export const dropDraft = (form: string) => local.set(place(form), null);
