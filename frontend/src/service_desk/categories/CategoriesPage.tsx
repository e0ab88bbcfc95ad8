import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t as base } from '@/locales/base';
import { lang } from '@/locales/lang';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Pill } from '@/ui/text';
import { lazily, Native, useEstates } from '../words';

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
        <div className="sd-panel sd-scroll">
          <table className="sd-table">
            <thead>
              <tr>
                <th>{t('category')}</th>
                <th className="num">{t('categories.response')}</th>
                <th className="num">{t('categories.finish')}</th>
                <th className="num">{t('categories.urgent')}</th>
                <th className="num">{t('categories.estimated')}</th>
                <th>{t('state')}</th>
                {mayChange && <td />}
              </tr>
            </thead>
            <tbody>
              {found.data.map((one) => (
                <tr key={one.code}>
                  <th scope="row">{lang() === 'en' ? one.name_en : one.name_zh}</th>
                  <td className="num">{t('order.minutes_n', { n: one.response_minutes })}</td>
                  <td className="num">{t('categories.hours_n', { n: one.finish_hours })}</td>
                  <td className="num">{one.urgent_percent}%</td>
                  <td className="num">{t('order.minutes_n', { n: one.estimated_minutes })}</td>
                  <td>
                    {one.active ? (
                      <Pill tone="ok">{t('categories.active')}</Pill>
                    ) : (
                      <Pill>{t('categories.inactive')}</Pill>
                    )}
                  </td>
                  {mayChange && (
                    <td className="num">
                      <Button
                        size="small"
                        aria-label={`${t('request.edit')}: ${lang() === 'en' ? one.name_en : one.name_zh}`}
                        onClick={() => setChanging(one)}
                      >
                        {t('request.edit')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {changing && (
        <ChangeCategory limits={changing} estate={estate} close={() => setChanging(null)} />
      )}
    </section>
  );
}
