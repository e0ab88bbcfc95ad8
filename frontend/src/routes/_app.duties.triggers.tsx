import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { TriggersPage } from '@/plans/duties/TriggersPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/duties/triggers')({
  beforeLoad: needs('duty.read'),
  validateSearch: listSearch,
  component: TriggersPage,
});
