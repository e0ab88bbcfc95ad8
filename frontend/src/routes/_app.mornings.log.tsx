import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { BriefingsPage } from '@/plans/briefings/BriefingsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/mornings/log')({
  beforeLoad: needs('briefing.read'),
  validateSearch: listSearch,
  component: BriefingsPage,
});
