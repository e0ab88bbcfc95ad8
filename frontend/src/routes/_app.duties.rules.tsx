import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { RulesPage } from '@/plans/duties/RulesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/duties/rules')({
  beforeLoad: needs('duty.read'),
  validateSearch: listSearch,
  component: RulesPage,
});
