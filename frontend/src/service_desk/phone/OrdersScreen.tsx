import { t } from '@/locales/field';
import { Empty, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { OrderCard } from './OrderCard';
import { useMyOrders } from './orders';

/** My orders by urgency. */
export function OrdersScreen() {
  const mine = useMyOrders();
  return (
    <Screen title={t('field.title')} back="/m">
      {mine.isPending && mine.fetchStatus !== 'idle' && <Skeleton lines={4} />}
      {mine.isError && <ErrorView error={mine.error} retry={() => mine.refetch()} />}
      {!mine.isPending && !mine.isError && mine.orders.length === 0 && (
        <Empty title={t('field.none')} hint={t('field.none_hint')} />
      )}
      {mine.orders.map(({ order, state }) => (
        <OrderCard key={order.id} order={order} state={state} />
      ))}
    </Screen>
  );
}
