import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { AssignmentsPage } from '@/org/AssignmentsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/org/assignments')({
  beforeLoad: needs('org.read'),
  validateSearch: listSearch,
  component: AssignmentsPage,
});
