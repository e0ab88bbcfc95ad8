import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { PairsPage } from '@/org/PairsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/acting/pairs')({
  beforeLoad: needs('acting.read'),
  validateSearch: listSearch,
  component: PairsPage,
});
