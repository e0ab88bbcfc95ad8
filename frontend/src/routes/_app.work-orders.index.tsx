import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { OrdersPage } from '@/service_desk/orders/OrdersPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/work-orders/')({
  beforeLoad: needs('repair.read'),
  validateSearch: listSearch,
  component: OrdersPage,
});
