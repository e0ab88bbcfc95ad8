import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t as base } from '@/locales/base';
import { lang } from '@/locales/lang';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { Native } from '@/ui/form/Native';
import { type ListColumn, Table } from '@/ui/list';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Pill } from '@/ui/text';
import { lazily, useEstates } from '../words';

export type Limits = Schema<'RepairCategoryLimits'>;
const ChangeCategory = lazily(() => import('./ChangeCategory'));

/** Until when each kind of repair must be answered and done: the clocks that orders run by. */
export function CategoriesPage() {
  const estates = useEstates();
  const [estate, setEstate] = useState(estates[0]?.value ?? '');
  const [changing, setChanging] = useState<Limits | null>(null);
  const found = useQuery({
    queryKey: ['service_desk', 'categories', estate],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/repair-categories', {
          params: { query: estate ? { estate_id: estate } : {} },
          signal,
        }),
      ),
    meta: { kinds: ['estate'] },
  });
  useEffect(() => {
    document.title = `${nav('nav.repair_categories')} · ${base('product')}`;
  }, []);
  const mayChange = can('category.edit');
  const change: ListColumn<Limits> = {
    key: 'change',
    title: '',
    render: (one) => (
      <Button
        size="small"
        aria-label={`${t('request.edit')}: ${nameOf(one)}`}
        onClick={() => setChanging(one)}
      >
        {t('request.edit')}
      </Button>
    ),
    align: 'right',
    card: 'side',
  };
  return (
    <section>
      <header className="sd-head">
        <h1>{nav('nav.repair_categories')}</h1>
        {estates.length > 1 && (
          <Native label={t('estate')} options={estates} value={estate} onChange={setEstate} />
        )}
      </header>
      <p className="muted">{t('categories.lead')}</p>
      {found.isPending && <Skeleton />}
      {found.isError && <ErrorView error={found.error} retry={() => found.refetch()} />}
      {found.data && (
        <div className="sd-panel">
          <Table
            items={found.data}
            columns={mayChange ? [...columns(), change] : columns()}
            rowKey={(one) => one.code}
          />
        </div>
      )}
      {changing && (
        <ChangeCategory limits={changing} estate={estate} close={() => setChanging(null)} />
      )}
    </section>
  );
}

const nameOf = (one: Limits) => (lang() === 'en' ? one.name_en : one.name_zh);

const columns = (): ListColumn<Limits>[] => [
  { key: 'category', title: t('category'), render: nameOf, card: 'title' },
  {
    key: 'response',
    title: t('categories.response'),
    render: (one) => t('order.minutes_n', { n: one.response_minutes }),
    align: 'right',
  },
  {
    key: 'finish',
    title: t('categories.finish'),
    render: (one) => t('categories.hours_n', { n: one.finish_hours }),
    align: 'right',
  },
  {
    key: 'urgent',
    title: t('categories.urgent'),
    render: (one) => `${one.urgent_percent}%`,
    align: 'right',
  },
  {
    key: 'estimated',
    title: t('categories.estimated'),
    render: (one) => t('order.minutes_n', { n: one.estimated_minutes }),
    align: 'right',
  },
  {
    key: 'state',
    title: t('state'),
    render: (one) =>
      one.active ? (
        <Pill tone="ok">{t('categories.active')}</Pill>
      ) : (
        <Pill>{t('categories.inactive')}</Pill>
      ),
  },
];
