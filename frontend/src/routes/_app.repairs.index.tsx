import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { RepairsPage } from '@/service_desk/repairs/RepairsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/repairs/')({
  beforeLoad: needs('repair.read'),
  validateSearch: listSearch,
  component: RepairsPage,
});
