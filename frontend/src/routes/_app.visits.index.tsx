import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { VisitsPage } from '@/service_desk/visits/VisitsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/visits/')({
  beforeLoad: needs('visit.read'),
  validateSearch: listSearch,
  component: VisitsPage,
});
