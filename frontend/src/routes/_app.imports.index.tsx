import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ImportsPage } from '@/imports/ImportsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/imports/')({
  beforeLoad: needs('import.run'),
  validateSearch: listSearch,
  component: ImportsPage,
});
