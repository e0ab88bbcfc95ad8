import { t } from '@/locales/service_desk';
import { Pill } from '@/ui/text';
import { toneIn } from './pills';

/** A state in words on its tint. */
export const StatePill = ({ group, state }: { group: string; state: string }) => (
  <Pill tone={toneIn(group, state)}>{t.code(group, state)}</Pill>
);
