import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DutiesPage } from '@/org/DutiesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/acting/duties')({
  beforeLoad: needs('org.read'),
  validateSearch: listSearch,
  component: DutiesPage,
});
