import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { EmployeePage } from '@/org/EmployeePage';

export const Route = createFileRoute('/_app/org/employees/$id')({
  beforeLoad: needs('org.read'),
  component: () => <EmployeePage id={Route.useParams().id} />,
});
