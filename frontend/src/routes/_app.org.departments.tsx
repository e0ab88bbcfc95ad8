import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DepartmentsPage } from '@/org/DepartmentsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/org/departments')({
  beforeLoad: needs('org.read'),
  validateSearch: listSearch,
  component: DepartmentsPage,
});
