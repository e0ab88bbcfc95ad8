import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ActingPage } from '@/org/ActingPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/acting/')({
  beforeLoad: needs('acting.read'),
  validateSearch: listSearch,
  component: ActingPage,
});
