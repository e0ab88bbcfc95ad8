import { t } from '@/locales/plans';
import { usePostTitle } from '@/org/lookups';
import type { Duty } from './duty';

type Held = Pick<Duty, 'post' | 'employee_name'>;

/** `whose(duty)`: the person, or the post where one of several holders does it for all. */
export function useWhose(): (duty: Held) => string {
  const title = usePostTitle();
  return ({ post, employee_name }) => employee_name ?? t('any_of', { post: title(post) });
}

/** The person with the post below, or the post alone. */
export function Whose({ duty }: { duty: Held }) {
  const title = usePostTitle();
  if (!duty.employee_name) return t('any_of', { post: title(duty.post) });
  return (
    <>
      {duty.employee_name} <span className="muted">{title(duty.post)}</span>
    </>
  );
}
