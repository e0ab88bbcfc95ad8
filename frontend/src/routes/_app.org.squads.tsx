import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { SquadsPage } from '@/org/SquadsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/org/squads')({
  beforeLoad: needs('org.read'),
  validateSearch: listSearch,
  component: SquadsPage,
});
