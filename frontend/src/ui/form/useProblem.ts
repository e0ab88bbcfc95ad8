import type { FormInstance } from 'antd';
import { useState } from 'react';
import { ProblemError, pointerPath, sayError } from '@/api/problem';
import { t } from '@/locales/ui';

/**
 * Shows what the server did not accept: each message beside its field (by JSON pointer), the rest
 * as one sentence above the form (`problem`).
 */
// biome-ignore lint/suspicious/noExplicitAny: any form; its values are not touched here
export function useProblem(form: FormInstance<any>) {
  const [problem, setProblem] = useState<string | null>(null);
  return {
    problem,
    clear: () => setProblem(null),
    show(error: unknown) {
      if (!(error instanceof ProblemError) || error.errors.length === 0) {
        const stale = error instanceof ProblemError && error.status === 412;
        setProblem(stale ? t('form.stale') : sayError(error));
        return;
      }
      const known = new Set(form.getFieldsError().map((field) => field.name.join('/')));
      const placed = error.errors.filter((one) => known.has(pointerPath(one.pointer).join('/')));
      const others = error.errors.filter((one) => !placed.includes(one));
      form.setFields(
        placed.map((one) => ({ name: pointerPath(one.pointer), errors: [one.message] })),
      );
      const first = placed[0];
      if (first) form.scrollToField(pointerPath(first.pointer), { focus: true });
      setProblem(others.length > 0 ? others.map((one) => one.message).join(' · ') : null);
    },
  };
}
