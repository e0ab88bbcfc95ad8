import { t } from '@/locales/plans';
import { Pill } from '@/ui/text';
import type { Rule } from './due';
import { OptionalPill } from './words';

/** What keeps a rule from having anything fall due. */
export const RulePills = ({ rule }: { rule: Rule }) => (
  <>
    {!rule.active && <Pill>{t('rules.off')}</Pill>}{' '}
    {!rule.has_records && <Pill tone="warn">{t('rules.waits')}</Pill>}{' '}
    <OptionalPill optional={rule.optional} />
  </>
);
