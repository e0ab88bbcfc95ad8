import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DutyBoardPage } from '@/plans/duties/DutyBoardPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/duties/')({
  beforeLoad: needs('duty.read'),
  validateSearch: listSearch,
  component: DutyBoardPage,
});
