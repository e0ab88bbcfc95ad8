import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { today } from '@/ui/format';
import { Section } from '@/ui/record';
import { Days, Pill } from '@/ui/text';
import { categoryWords } from './categories';
import type { Employee } from './EmployeesPage';

type Qualification = Schema<'QualificationView'>;
const NewQualification = lazy(() => import('./NewQualification'));
const EndForm = lazy(() => import('./EndForm'));

/** What a technician may work on: dispatch proposes nobody without it. */
export function QualificationsSection({ employee }: { employee: Employee }) {
  const can = useCan();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Qualification | null>(null);
  const rows = useQuery({
    queryKey: ['org', 'qualifications', employee.id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/qualifications', {
          params: { query: { employee_id: employee.id } },
          signal,
        }),
      ),
    meta: { kinds: ['qualification'] },
  });
  const technician = employee.posts.some((held) => held.post === 'TECH');
  const items = rows.data?.items ?? [];
  if (!technician && items.length === 0) return null;
  const over = (row: Qualification) => Boolean(row.valid_until && row.valid_until <= today());
  return (
    <Section
      title={t('qualifications.title')}
      extra={
        can('roster.edit') && (
          <Button size="small" onClick={() => setMaking(true)}>
            {t('qualifications.new')}
          </Button>
        )
      }
    >
      {items.length === 0 ? (
        <p className="muted">{t('qualifications.none')}</p>
      ) : (
        <ul className="plain-list">
          {items.map((row) => (
            <li key={row.id}>
              <div>
                <b>{categoryWords(row.category_code)}</b>{' '}
                <span className="muted">{row.evidence}</span>
              </div>
              <Days from={row.valid_from} until={row.valid_until} />
              <Pill tone={over(row) ? 'plain' : 'ok'}>
                {over(row) ? t('qualifications.over') : t('qualifications.valid')}
              </Pill>
              {!over(row) && can('roster.edit') && (
                <Button size="small" onClick={() => setEnding(row)}>
                  {t('qualifications.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Suspense>
        {making && <NewQualification employee={employee} close={() => setMaking(false)} />}
        {ending && (
          <EndForm
            title={t('qualifications.end')}
            name={`org.qualification.${ending.id}.end`}
            lead={`${employee.name} · ${categoryWords(ending.category_code)}`}
            send={async (body, headers) => {
              await api.POST('/api/v1/qualifications/{id}/end', {
                params: { path: { id: ending.id } },
                body,
                headers,
              });
              reloadKind('qualification');
            }}
            close={() => setEnding(null)}
          />
        )}
      </Suspense>
    </Section>
  );
}
