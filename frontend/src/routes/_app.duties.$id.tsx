import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DutyPage } from '@/plans/duties/DutyPage';

export const Route = createFileRoute('/_app/duties/$id')({
  beforeLoad: needs('duty.read'),
  component: () => <DutyPage {...Route.useParams()} />,
});
