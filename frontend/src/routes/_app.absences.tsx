import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { AbsencesPage } from '@/org/AbsencesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/absences')({
  beforeLoad: needs('roster.read'),
  validateSearch: listSearch,
  component: AbsencesPage,
});
