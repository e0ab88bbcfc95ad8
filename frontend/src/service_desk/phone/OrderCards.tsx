import { t } from '@/locales/field';
import { Card } from '@/ui/phone';
import { OrderCard } from './OrderCard';
import { useMyOrders } from './orders';

/** The technician's part of the phone's first page. */
export default function OrderCards() {
  const mine = useMyOrders();
  if (mine.orders.length === 0) return null;
  return (
    <section>
      <h2>{t('field.title')}</h2>
      {mine.orders.slice(0, 5).map(({ order, state }) => (
        <OrderCard key={order.id} order={order} state={state} />
      ))}
      {mine.orders.length > 5 && (
        <Card title={t('field.all', { n: mine.orders.length })} to="/m/orders" />
      )}
    </section>
  );
}
