import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { SetsPage } from '@/goals/SetsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/goals/sets/')({
  beforeLoad: needs('goal.read'),
  validateSearch: listSearch,
  component: SetsPage,
});
