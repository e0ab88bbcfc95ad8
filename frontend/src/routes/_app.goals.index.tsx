import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { BoardPage } from '@/goals/BoardPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/goals/')({
  beforeLoad: needs('goal.read'),
  validateSearch: listSearch,
  component: BoardPage,
});
