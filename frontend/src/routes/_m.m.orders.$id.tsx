import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { OrderScreen } from '@/service_desk/phone/OrderScreen';

export const Route = createFileRoute('/_m/m/orders/$id')({
  beforeLoad: needs('order.work'),
  component: () => <OrderScreen {...Route.useParams()} />,
});
