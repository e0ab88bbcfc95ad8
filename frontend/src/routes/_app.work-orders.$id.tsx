import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { OrderPage } from '@/service_desk/orders/OrderPage';

export const Route = createFileRoute('/_app/work-orders/$id')({
  beforeLoad: needs('repair.read'),
  component: () => <OrderPage {...Route.useParams()} />,
});
