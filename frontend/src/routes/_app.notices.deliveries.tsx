import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DeliveriesPage } from '@/notices/DeliveriesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/notices/deliveries')({
  beforeLoad: needs('notice.read'),
  validateSearch: listSearch,
  component: DeliveriesPage,
});
