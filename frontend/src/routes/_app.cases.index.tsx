import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { CasesPage } from '@/service_desk/cases/CasesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/cases/')({
  beforeLoad: needs('case.read'),
  validateSearch: listSearch,
  component: CasesPage,
});
