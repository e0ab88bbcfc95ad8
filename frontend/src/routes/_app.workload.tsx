import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { WorkloadPage } from '@/service_desk/orders/WorkloadPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/workload')({
  beforeLoad: needs('order.dispatch'),
  validateSearch: listSearch,
  component: WorkloadPage,
});
