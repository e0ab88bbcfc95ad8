import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DutiesPage } from '@/plans/duties/DutiesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/duties/list')({
  beforeLoad: needs('duty.read'),
  validateSearch: listSearch,
  component: DutiesPage,
});
