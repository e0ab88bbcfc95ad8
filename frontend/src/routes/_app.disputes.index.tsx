import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DisputesPage } from '@/service_desk/disputes/DisputesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/disputes/')({
  beforeLoad: needs('dispute.read'),
  validateSearch: listSearch,
  component: DisputesPage,
});
