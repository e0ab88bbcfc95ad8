import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { EmployeesPage } from '@/org/EmployeesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/org/employees/')({
  beforeLoad: needs('org.read'),
  validateSearch: listSearch,
  component: EmployeesPage,
});
