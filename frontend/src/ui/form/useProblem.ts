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
      const names = form.getFieldsError().map((field) => field.name);
      const placed = error.errors.flatMap((one) => {
        const name = fieldOf(one.pointer, names);
        return name ? [{ one, name, errors: [one.message] }] : [];
      });
      const others = error.errors.filter((one) => !placed.some((it) => it.one === one));
      form.setFields(placed.map(({ name, errors }) => ({ name, errors })));
      if (placed[0]) form.scrollToField(placed[0].name, { focus: true });
      setProblem(others.length > 0 ? others.map((one) => one.message).join(' · ') : null);
    },
  };
}

type FieldName = (string | number)[];

/** The field that a pointer means; of a group that is refused as a whole its first. */
export function fieldOf(pointer: string, names: readonly FieldName[]): FieldName | undefined {
  const wanted = pointerPath(pointer).join('/');
  const own = names.find((name) => name.join('/') === wanted);
  return (
    own ?? (wanted ? names.find((name) => name.join('/').startsWith(`${wanted}/`)) : undefined)
  );
}
