import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { OrdersScreen } from '@/service_desk/phone/OrdersScreen';

export const Route = createFileRoute('/_m/m/orders/')({
  beforeLoad: needs('order.work'),
  component: OrdersScreen,
});
